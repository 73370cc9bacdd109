@ A program for the debugger's suite: counts for ever, one call a count.
  .syntax unified
  .cpu cortex-m3
  .thumb

  .cfi_sections .debug_frame

  .section .vectors, "a"
  .word 0x20005000
  .word _start + 1

  .text
  .global _start
  .type _start, %function
  .thumb_func
_start:
  .cfi_startproc
  .cfi_undefined lr
  movs r4, #0
again:
  mov r0, r4
  bl bump
  mov r4, r0
  b again
  .cfi_endproc
  .size _start, . - _start

  .global bump
  .type bump, %function
  .thumb_func
bump:
  .cfi_startproc
  push {r7, lr}
  .cfi_def_cfa_offset 8
  .cfi_offset r7, -8
  .cfi_offset lr, -4
  ldr r1, =counter
  adds r0, r0, #1
  str r0, [r1]
  pop {r7, pc}
  .cfi_endproc
  .size bump, . - bump
  .ltorg

  .bss
  .global counter
  .type counter, %object
  .size counter, 4
counter:
  .space 4
