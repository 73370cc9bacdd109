@ Boardwalk's loader for cores that have 16-bit Thumb alone (ARMv6-M: Cortex-M0, M0+). Entries, mailbox and arguments are
@ those of loader.s; read its comments first. What differs:
@   - 16-bit instructions only, and no access that is not aligned: a range of any address is hashed byte by byte;
@   - a word of RAM is written before it is read: where RAM parity is on, a word that was never written may fault;
@   - SHA-256 is a loop: all 64 schedule words are made first, on the stack.

    .syntax unified
    .cpu cortex-m0
    .thumb
    .text

    .equ MAILBOX, 0x20000000
    .equ NONCE, 0
    .equ PUT, 4
    .equ TAKEN, 8
    .equ ERROR, 12
    .equ ERROR_AT, 16
    .equ DONE, 20
    .equ ARGUMENTS, 24
    .equ FLASH_SR, 0x0c
    .equ FLASH_CR, 0x10
    .equ IWDG_KR, 0x40003000
    .equ IWDG_RELOAD, 0xaaaa
    .equ SYST_CSR, 0xe000e010
    .equ SYST_RVR, 4
    .equ SYST_CVR, 8
@ A half-word takes 60 us at most, 0.7 ms on the slowest clone; 2^22 cycles are 87 ms at 48 MHz.
    .equ BUSY_LIMIT, 0x3fffff
    .equ SR_ERRORS, 0x14
    .equ SR_BSY, 1

    .macro ENTER
    ldr   r5, =MAILBOX
    ldr   r6, [r5, #(ARGUMENTS + 20)]
    mov   sp, r6
    mov   r6, r5
    adds  r6, #ARGUMENTS
    ldmia r6!, {r0-r4}
    .endm

    .macro LEAVE
    ldr   r5, =MAILBOX
    ldr   r6, [r5, #NONCE]
    str   r6, [r5, #DONE]
    bkpt  #0
    .endm

    .macro KICK_WATCHDOG
    ldr   r6, =IWDG_RELOAD
    ldr   r7, =IWDG_KR
    str   r6, [r7]
    .endm

@ program: r0 flash address, r1 half-words, r2 ring start, r3 ring end, r4 FPEC registers
@ r2 becomes the place in the ring, r3 the half-word at work; r8 and r9 keep the ring, r10 SysTick, r12 the bytes taken.
    .global program
program:
    ENTER
    mov   r8, r2
    mov   r9, r3
    ldr   r6, =SYST_CSR
    mov   r10, r6
    ldr   r7, =BUSY_LIMIT
    str   r7, [r6, #SYST_RVR]
    movs  r7, #5
    str   r7, [r6]
    movs  r7, #0x34
    str   r7, [r4, #FLASH_SR]
    movs  r7, #1
    str   r7, [r4, #FLASH_CR]
    subs  r0, #2
    movs  r6, #0
    mov   r12, r6
program_fetch:
    KICK_WATCHDOG
    cmp   r1, #0
    beq   program_drain
program_idle:
    ldr   r6, [r5, #PUT]
    cmp   r6, r12
    beq   program_idle
    ldrh  r3, [r2]
    adds  r2, #2
    cmp   r2, r9
    bne   program_taken
    mov   r2, r8
program_taken:
    mov   r6, r12
    adds  r6, #2
    mov   r12, r6
    str   r6, [r5, #TAKEN]
    subs  r1, #1
program_busy:
    ldr   r7, [r4, #FLASH_SR]
    lsls  r6, r7, #31
    bpl   program_done
    mov   r6, r10
    ldr   r6, [r6]
    lsls  r6, r6, #15
    bpl   program_busy
program_hung:
    movs  r7, #SR_BSY
    b     program_error
program_done:
    movs  r6, #SR_ERRORS
    tst   r7, r6
    bne   program_error
    adds  r0, #2
    ldrh  r6, [r0]
    cmp   r6, r3
    beq   program_fetch
    strh  r3, [r0]
    mov   r6, r10
    str   r6, [r6, #SYST_CVR]
    ldr   r6, [r4, #FLASH_SR]
    b     program_fetch
program_drain:
    ldr   r7, [r4, #FLASH_SR]
    lsls  r6, r7, #31
    bpl   program_drained
    mov   r6, r10
    ldr   r6, [r6]
    lsls  r6, r6, #15
    bpl   program_drain
    b     program_hung
program_drained:
    movs  r6, #SR_ERRORS
    tst   r7, r6
    beq   program_end
program_error:
    movs  r6, #(SR_ERRORS | SR_BSY)
    ands  r7, r6
    str   r0, [r5, #ERROR_AT]
    str   r7, [r5, #ERROR]
program_end:
    movs  r6, #0
    mov   r7, r10
    str   r6, [r7]
    movs  r6, #0x80
    str   r6, [r4, #FLASH_CR]
    LEAVE

    .ltorg

@ page_sums: r0 first page, r1 words of a page, r2 pages, r3 where the sums go, a word each.
    .equ MIX, 0x9e3779b1
    .equ ROTATION, 15

    .global page_sums
page_sums:
    ENTER
    mov   r8, r1
    movs  r1, #ROTATION
    ldr   r4, =MIX
sums_page:
    KICK_WATCHDOG
    mov   r6, r8
    movs  r7, #0
sums_words:
    ldmia r0!, {r5}
    eors  r7, r5
    muls  r7, r4, r7
    rors  r7, r1
    subs  r6, #1
    bne   sums_words
    stmia r3!, {r7}
    subs  r2, #1
    bne   sums_page
    LEAVE

    .ltorg

@ digest: r0 first byte, r1 blocks of 64 bytes, r2 state of eight words (in and out), r3 and r4 the same for the
@ message's last blocks, which the host has padded. FIPS 180-4, 6.2.2.
@ Frame: the schedule, then what is left of the message.
    .equ SCHEDULE_BYTES, 256
    .equ AT, 256
    .equ BLOCKS, 260
    .equ STATE, 264
    .equ LAST_AT, 268
    .equ LAST_BLOCKS, 272
    .equ FRAME_BYTES, 280

    .macro ADD_STATE register
    ldr   r1, [r0]
    add   r1, \register
    stmia r0!, {r1}
    .endm

    .global digest
digest:
    ENTER
    sub   sp, #FRAME_BYTES
    str   r2, [sp, #STATE]
    str   r3, [sp, #LAST_AT]
    str   r4, [sp, #LAST_BLOCKS]
digest_part:
    str   r0, [sp, #AT]
    str   r1, [sp, #BLOCKS]
digest_block:
    ldr   r1, [sp, #BLOCKS]
    cmp   r1, #0
    beq   digest_tail
    subs  r1, #1
    str   r1, [sp, #BLOCKS]
    KICK_WATCHDOG
    ldr   r0, [sp, #AT]
    mov   r1, sp
    movs  r2, #16
digest_word:
    lsls  r3, r0, #30
    bne   digest_bytes
    ldr   r3, [r0]
    rev   r3, r3
digest_have_word:
    stmia r1!, {r3}
    adds  r0, #4
    subs  r2, #1
    bne   digest_word
    str   r0, [sp, #AT]
    b     digest_schedule
digest_bytes:
    ldrb  r3, [r0]
    .irp  i, 1, 2, 3
    lsls  r3, r3, #8
    ldrb  r4, [r0, #\i]
    orrs  r3, r4
    .endr
    b     digest_have_word

digest_tail:
    ldr   r0, [sp, #LAST_AT]
    ldr   r1, [sp, #LAST_BLOCKS]
    cmp   r1, #0
    beq   digest_end
    movs  r2, #0
    str   r2, [sp, #LAST_BLOCKS]
    b     digest_part
digest_end:
    LEAVE

@ r0 points to the word 16 back of the one that is made. Both small sigmas: two rotations of one, and a shift.
digest_schedule:
    mov   r0, sp
    movs  r5, #48
digest_schedule_word:
    ldr   r1, [r0, #4]
    movs  r2, r1
    movs  r3, #11
    rors  r2, r3
    eors  r2, r1
    movs  r3, #7
    rors  r2, r3
    lsrs  r1, r1, #3
    eors  r2, r1
    ldr   r1, [r0]
    adds  r2, r2, r1
    ldr   r1, [r0, #36]
    adds  r2, r2, r1
    ldr   r1, [r0, #56]
    movs  r4, r1
    movs  r3, #2
    rors  r4, r3
    eors  r4, r1
    movs  r3, #17
    rors  r4, r3
    lsrs  r1, r1, #10
    eors  r4, r1
    adds  r2, r2, r4
    str   r2, [r0, #64]
    adds  r0, #4
    subs  r5, #1
    bne   digest_schedule_word

@ a to d are r8 to r11, e to g r4 to r6, h r12; r7 counts the bytes of K and schedule, lr points to K.
    ldr   r0, [sp, #STATE]
    ldmia r0!, {r1-r4}
    mov   r8, r1
    mov   r9, r2
    mov   r10, r3
    mov   r11, r4
    ldmia r0!, {r4-r7}
    mov   r12, r7
    adr   r0, round_constants
    mov   lr, r0
    movs  r7, #0
digest_round:
@ The big sigma of e: one rotation of (e ^ rotation of (e ^ rotation of e)).
    movs  r0, r4
    movs  r1, #14
    rors  r0, r1
    eors  r0, r4
    movs  r1, #5
    rors  r0, r1
    eors  r0, r4
    movs  r1, #6
    rors  r0, r1
    add   r0, r12
    movs  r1, r5
    eors  r1, r6
    ands  r1, r4
    eors  r1, r6
    adds  r0, r0, r1
    mov   r1, sp
    ldr   r1, [r1, r7]
    adds  r0, r0, r1
    mov   r1, lr
    ldr   r1, [r1, r7]
    adds  r0, r0, r1
    mov   r12, r6
    movs  r6, r5
    movs  r5, r4
    mov   r4, r11
    adds  r4, r4, r0
@ The big sigma of a, and the majority of a, b, c as ((a ^ b) & (b ^ c)) ^ b.
    mov   r1, r8
    movs  r2, r1
    movs  r3, #9
    rors  r2, r3
    eors  r2, r1
    movs  r3, #11
    rors  r2, r3
    eors  r2, r1
    movs  r3, #2
    rors  r2, r3
    adds  r0, r0, r2
    mov   r2, r9
    mov   r3, r10
    mov   r11, r3
    mov   r10, r2
    mov   r9, r1
    eors  r3, r2
    eors  r1, r2
    ands  r1, r3
    eors  r1, r2
    adds  r0, r0, r1
    mov   r8, r0
    adds  r7, #4
    lsls  r1, r7, #24
    bne   digest_round
    ldr   r0, [sp, #STATE]
    .irp  register, r8, r9, r10, r11, r4, r5, r6, r12
    ADD_STATE \register
    .endr
    b     digest_block

    .ltorg

    .balign 4
round_constants:
    .word 0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5
    .word 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174
    .word 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da
    .word 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967
    .word 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85
    .word 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070
    .word 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3
    .word 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
