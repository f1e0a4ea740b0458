void gangplank_cgolane_inside(const char *name);
void *gangplank_cgolane_context_address(void);
