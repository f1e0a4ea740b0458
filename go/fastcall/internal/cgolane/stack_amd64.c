#include "cgolane.h"
#include "stack.h"

// Both visit and suspend leave
//
//   | return address | rbp | rbx | r12 | r13 | r14 | r15 | pad |  <- 16-aligned
//
// on the stack, so one epilogue serves them, return and come_back.

__asm__(
	".text\n"
	".globl gangplank_cgolane_visit\n"
	"gangplank_cgolane_visit:\n"
	".cfi_startproc\n"
	"	push %rbp\n"
	"	.cfi_def_cfa_offset 16\n"
	"	.cfi_offset rbp, -16\n"
	"	mov %rsp, %rbp\n" // keeps the chain of frame pointers whole
	"	.cfi_def_cfa_register rbp\n"
	"	push %rbx\n"
	"	push %r12\n"
	"	push %r13\n"
	"	push %r14\n"
	"	push %r15\n"
	"	sub $8, %rsp\n"
	"	mov %rsp, 40(%rdi)\n" // entry.visit
	"	call gangplank_cgolane_callback@PLT\n"
	"77:\n"
	"	add $8, %rsp\n"
	"	pop %r15\n"
	"	pop %r14\n"
	"	pop %r13\n"
	"	pop %r12\n"
	"	pop %rbx\n"
	"	pop %rbp\n"
	"	.cfi_def_cfa rsp, 8\n"
	"	ret\n"
	".cfi_endproc\n"

	".globl gangplank_cgolane_return\n"
	"gangplank_cgolane_return:\n"
	"	mov %rdi, %rsp\n" // drops every newer frame
	"	mov %rsi, %rax\n"
	"	jmp 77b\n"

	".globl gangplank_cgolane_suspend\n"
	"gangplank_cgolane_suspend:\n"
	"	push %rbp\n"
	"	push %rbx\n"
	"	push %r12\n"
	"	push %r13\n"
	"	push %r14\n"
	"	push %r15\n"
	"	sub $8, %rsp\n"
	"	mov %rsp, %rdx\n"
	"	call gangplank_cgolane_leave@PLT\n" // does not return
	"	ud2\n"

	".globl gangplank_cgolane_come_back\n"
	"gangplank_cgolane_come_back:\n"
	"	mov %rdi, %rsp\n" // below everything that is about to be written: a signal handler may use the stack
	"	mov %rcx, %rax\n"
	"	mov %rdx, %rcx\n"
	"	cld\n"
	"	rep movsb\n" // needs no stack
	"	jmp 77b\n"
	".section .note.GNU-stack,\"\",@progbits\n"
	".text\n");
