#include "cgolane.h"
#include "stack.h"

// Both visit and suspend leave x19 to x30 and d8 to d15 on the stack, 160
// bytes, so one epilogue serves them, return and come_back.

#define SAVE \
	"	stp x29, x30, [sp, #-160]!\n" \
	"	stp x19, x20, [sp, #16]\n" \
	"	stp x21, x22, [sp, #32]\n" \
	"	stp x23, x24, [sp, #48]\n" \
	"	stp x25, x26, [sp, #64]\n" \
	"	stp x27, x28, [sp, #80]\n" \
	"	stp d8, d9, [sp, #96]\n" \
	"	stp d10, d11, [sp, #112]\n" \
	"	stp d12, d13, [sp, #128]\n" \
	"	stp d14, d15, [sp, #144]\n"

__asm__(
	".text\n"
	".globl gangplank_cgolane_visit\n"
	"gangplank_cgolane_visit:\n"
	SAVE
	"	mov x29, sp\n" // keeps the chain of frame pointers whole
	"	mov x9, sp\n"
	"	str x9, [x0, #40]\n" // entry.visit
	"	bl gangplank_cgolane_callback\n"
	"77:\n"
	"	ldp x19, x20, [sp, #16]\n"
	"	ldp x21, x22, [sp, #32]\n"
	"	ldp x23, x24, [sp, #48]\n"
	"	ldp x25, x26, [sp, #64]\n"
	"	ldp x27, x28, [sp, #80]\n"
	"	ldp d8, d9, [sp, #96]\n"
	"	ldp d10, d11, [sp, #112]\n"
	"	ldp d12, d13, [sp, #128]\n"
	"	ldp d14, d15, [sp, #144]\n"
	"	ldp x29, x30, [sp], #160\n"
	"	ret\n"

	".globl gangplank_cgolane_return\n"
	"gangplank_cgolane_return:\n"
	"	mov sp, x0\n" // drops every newer frame
	"	mov x0, x1\n"
	"	b 77b\n"

	".globl gangplank_cgolane_suspend\n"
	"gangplank_cgolane_suspend:\n"
	SAVE
	"	mov x2, sp\n"
	"	bl gangplank_cgolane_leave\n" // does not return
	"	brk #1\n"

	".globl gangplank_cgolane_come_back\n"
	"gangplank_cgolane_come_back:\n"
	"	mov sp, x0\n" // below everything that is about to be written: a signal handler may use the stack
	"1:	cbz x2, 2f\n"
	"	ldr x9, [x1], #8\n" // the size is a multiple of 16; needs no stack
	"	str x9, [x0], #8\n"
	"	sub x2, x2, #8\n"
	"	b 1b\n"
	"2:	mov x0, x3\n"
	"	b 77b\n"
	".section .note.GNU-stack,\"\",%progbits\n"
	".text\n");
