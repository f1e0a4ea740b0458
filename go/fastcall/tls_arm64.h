// The place of the thread-local g on arm64. The runtime defines it; this makes
// the assembler address it as what it is. (amd64 has a pseudo-register, TLS.)
GLOBL runtime·tls_g+0(SB), TLSBSS+DUPOK, $8

#define GET_TLS_G(reg, tmp) \
	MRS TPIDR_EL0, tmp; \
	MOVD runtime·tls_g(SB), R27; \
	MOVD (tmp)(R27), reg

#define SET_TLS_G(reg, tmp) \
	MRS TPIDR_EL0, tmp; \
	MOVD runtime·tls_g(SB), R27; \
	MOVD reg, (tmp)(R27)
