@ A program for the debugger's suite: counts for ever, one call a count.
  .syntax unified
  .cpu cortex-m3
  .thumb

  .section .vectors, "a"
  .word 0x20005000
  .word _start + 1

  .text
  .global _start
  .type _start, %function
  .thumb_func
_start:
  movs r4, #0
again:
  mov r0, r4
  bl bump
  mov r4, r0
  b again
  .size _start, . - _start

  .global bump
  .type bump, %function
  .thumb_func
bump:
  push {r7, lr}
  ldr r1, =counter
  adds r0, r0, #1
  str r0, [r1]
  pop {r7, pc}
  .size bump, . - bump
  .ltorg

  .bss
  .global counter
  .type counter, %object
  .size counter, 4
counter:
  .space 4
