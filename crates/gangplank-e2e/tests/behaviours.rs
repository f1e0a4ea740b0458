//! Every folder of `tests/e2e` whose `main` is Go's, in every mode.

gangplank_e2e::behaviours!(scalars, strings, strings_back, two_crates);
