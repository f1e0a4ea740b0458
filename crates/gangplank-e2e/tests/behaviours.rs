//! Every folder of `tests/e2e` whose `main` is Go's, in every mode.

gangplank_e2e::behaviours!(
    async_imports,
    batches,
    closures,
    concurrency,
    errors,
    fast,
    fast_leaf,
    goexit,
    iterators,
    memory,
    objects,
    observed,
    out_of_range,
    panics,
    reentrancy,
    scalars,
    strings,
    strings_back,
    streams,
    tasks,
    two_crates
);
