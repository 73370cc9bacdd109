@ Boardwalk's loader: runs from target RAM, called by the host through the debug port. It never touches VTOR
@ and never enables interrupts; every entry ends in BKPT.
@
@ The host writes a call's mailbox at the start of RAM, sets PC to an entry and lets the core run:
@   +0  nonce of this call
@   +4  bytes that the host has put into the ring so far
@   +8  bytes that the loader has taken out of it so far
@   +12 error bits of FLASH_SR of the half-word that failed, BSY if it never ended, 0 while all is well
@   +16 its address
@   +20 the nonce, copied at the end of a call: what stands there proves that this call ended
@   +24 five arguments, r0 to r4 below, and the stack pointer
@
@ PM0075: half-words only, BSY first, then the error bits. Erratum (ES096): BSY may read 0 for one cycle after a
@ start, hence the read that is thrown away.

    .syntax unified
    .cpu cortex-m3
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
    .equ SYST_CSR, 0xe000e010
    .equ SYST_RVR, 4
    .equ SYST_CVR, 8
@ A half-word takes 70 us at most (DS5319), 0.7 ms on the slowest clone; 2^22 cycles are 65 ms at 64 MHz.
    .equ BUSY_LIMIT, 0x3fffff
    .equ SR_ERRORS, 0x14
    .equ SR_BSY, 1

    .macro ENTER
    ldr   r5, =MAILBOX
    add   r6, r5, #ARGUMENTS
    ldmia r6!, {r0-r4}
    ldr   sp, [r6]
    .endm

@ program: r0 flash address, r1 half-words, r2 ring start, r3 ring end, r4 FPEC registers
@ While the cell is busy the next half-word is fetched and all books are kept; between two cells stand only the
@ error bits, the comparison and the store. SysTick, without its interrupt, bounds the wait: its flag reads 1 once
@ the limit is over.
    .global program
program:
    ENTER
    ldr   lr, =IWDG_KR
    ldr   r12, =SYST_CSR
    ldr   r6, =BUSY_LIMIT
    str   r6, [r12, #SYST_RVR]
    movs  r6, #5
    str   r6, [r12]
    movs  r6, #0x34
    str   r6, [r4, #FLASH_SR]
    movs  r6, #1
    str   r6, [r4, #FLASH_CR]
    subs  r0, #2
    mov   r7, r2
    mov   r8, #0
    movw  r11, #0xaaaa
program_fetch:
    str   r11, [lr]
    cbz   r1, program_drain
    ldr   r6, [r5, #PUT]
    cmp   r6, r8
    beq   program_idle
program_take:
    ldrh  r9, [r7], #2
    cmp   r7, r3
    it    eq
    moveq r7, r2
    add   r8, r8, #2
    str   r8, [r5, #TAKEN]
    subs  r1, #1
program_busy:
    ldr   r10, [r4, #FLASH_SR]
    lsls  r6, r10, #31
    bpl   program_done
    ldr   r10, [r12]
    lsls  r6, r10, #15
    bpl   program_busy
program_hung:
    mov   r10, #SR_BSY
    b     program_error
program_done:
    tst   r10, #SR_ERRORS
    bne   program_error
    ldrh  r10, [r0, #2]!
    cmp   r10, r9
    beq   program_fetch
    strh  r9, [r0]
    str   r11, [r12, #SYST_CVR]
    ldr   r10, [r4, #FLASH_SR]
    b     program_fetch
program_idle:
    ldr   r6, [r5, #PUT]
    cmp   r6, r8
    beq   program_idle
    b     program_take
program_drain:
    ldr   r10, [r4, #FLASH_SR]
    lsls  r6, r10, #31
    bpl   program_drained
    ldr   r10, [r12]
    lsls  r6, r10, #15
    bpl   program_drain
    b     program_hung
program_drained:
    tst   r10, #SR_ERRORS
    beq   program_end
program_error:
    and   r10, r10, #(SR_ERRORS | SR_BSY)
    str   r0, [r5, #ERROR_AT]
    str   r10, [r5, #ERROR]
program_end:
    movs  r6, #0
    str   r6, [r12]
    movs  r6, #0x80
    str   r6, [r4, #FLASH_CR]
    ldr   r6, [r5, #NONCE]
    str   r6, [r5, #DONE]
    bkpt  #0

    .ltorg

@ page_sums: r0 first page, r1 words of a page (a multiple of 4), r2 pages, r3 where the sums go, a word each.
@ A sieve, not a proof: which pages differ for sure, and which are worth proving. Each word is mixed in by a
@ bijection of the sum, so that one changed word always shows, and two cancel as rarely as chance has it.
    .equ MIX, 0x9e3779b1
    .macro MIX_IN word
    eor   r7, r7, \word
    muls  r7, r4, r7
    ror   r7, r7, #15
    .endm

    .global page_sums
page_sums:
    ENTER
    ldr   r4, =MIX
    ldr   r12, =IWDG_KR
    movw  r11, #0xaaaa
sums_page:
    str   r11, [r12]
    mov   r6, r1
    movs  r7, #0
sums_words:
    ldmia r0!, {r5, r8, r9, r10}
    MIX_IN r5
    MIX_IN r8
    MIX_IN r9
    MIX_IN r10
    subs  r6, #4
    bne   sums_words
    stmia r3!, {r7}
    subs  r2, #1
    bne   sums_page
    ldr   r5, =MAILBOX
    ldr   r6, [r5, #NONCE]
    str   r6, [r5, #DONE]
    bkpt  #0

    .ltorg

@ digest: r0 first byte, r1 blocks of 64 bytes, r2 state of eight words (in and out), r3 and r4 the same for the
@ message's last blocks, which the host has padded. FIPS 180-4, 6.2.2.
@ Choice is ((f ^ g) & e) ^ g; majority is ((a ^ b) & (b ^ c)) ^ b, and this round's a ^ b is the next one's b ^ c:
@ \p holds b ^ c, \n takes a ^ b. Constants come in pairs: r9 keeps the odd round's. Each big sigma is taken out of one rotation, which the addition does.
    .macro ROUND a, b, c, d, e, f, g, h, i, p, n
    .if \i % 2
    add   \h, r9
    .else
    ldrd  r8, r9, [r12], #8
    add   \h, r8
    .endif
    ldr   r8, [sp, #(\i * 4)]
    add   \h, r8
    eor   r8, \f, \g
    and   r8, r8, \e
    eor   r8, r8, \g
    add   \h, r8
    eor   r8, \e, \e, ror #5
    eor   r8, r8, \e, ror #19
    add   \h, \h, r8, ror #6
    add   \d, \h
    eor   \n, \a, \b
    and   \p, \p, \n
    eor   \p, \p, \b
    add   \h, \p
    eor   r8, \a, \a, ror #11
    eor   r8, r8, \a, ror #20
    add   \h, \h, r8, ror #2
    .endm

    .macro SCHEDULE i
    ldr   r8, [sp, #(((\i + 1) % 16) * 4)]
    ldr   r10, [sp, #(((\i + 14) % 16) * 4)]
    eor   r9, r8, r8, ror #11
    ror   r9, r9, #7
    eor   r9, r9, r8, lsr #3
    eor   r8, r10, r10, ror #2
    ror   r8, r8, #17
    eor   r8, r8, r10, lsr #10
    ldr   r10, [sp, #(\i * 4)]
    add   r8, r9
    ldr   r9, [sp, #(((\i + 9) % 16) * 4)]
    add   r8, r10
    add   r8, r9
    str   r8, [sp, #(\i * 4)]
    .endm

    .global digest
digest:
    ENTER
    sub   sp, sp, #88
    str   r2, [sp, #72]
    strd  r3, r4, [sp, #76]
    b     digest_part
digest_tail:
    ldrd  r0, r1, [sp, #76]
    cmp   r1, #0
    beq.w digest_end
    movs  r2, #0
    str   r2, [sp, #80]
digest_part:
    strd  r0, r1, [sp, #64]
digest_block:
    ldr   r1, [sp, #68]
    cmp   r1, #0
    beq   digest_tail
    subs  r1, #1
    str   r1, [sp, #68]
    ldr   r12, =IWDG_KR
    movw  r11, #0xaaaa
    str   r11, [r12]
    ldr   r0, [sp, #64]
    mov   r1, sp
@ Single loads: a range may begin at any address, which a load of many may not.
    .rept 4
    ldr   r3, [r0]
    ldr   r4, [r0, #4]
    ldr   r5, [r0, #8]
    ldr   r6, [r0, #12]
    rev   r3, r3
    rev   r4, r4
    rev   r5, r5
    rev   r6, r6
    stmia r1!, {r3-r6}
    adds  r0, #16
    .endr
    str   r0, [sp, #64]
    ldr   r8, [sp, #72]
    ldmia r8, {r0-r7}
    adr   r12, round_constants
    eor   r11, r1, r2
    mov   lr, #4
digest_pass:
    ROUND r0, r1, r2, r3, r4, r5, r6, r7, 0, r11, r10
    ROUND r7, r0, r1, r2, r3, r4, r5, r6, 1, r10, r11
    ROUND r6, r7, r0, r1, r2, r3, r4, r5, 2, r11, r10
    ROUND r5, r6, r7, r0, r1, r2, r3, r4, 3, r10, r11
    ROUND r4, r5, r6, r7, r0, r1, r2, r3, 4, r11, r10
    ROUND r3, r4, r5, r6, r7, r0, r1, r2, 5, r10, r11
    ROUND r2, r3, r4, r5, r6, r7, r0, r1, 6, r11, r10
    ROUND r1, r2, r3, r4, r5, r6, r7, r0, 7, r10, r11
    ROUND r0, r1, r2, r3, r4, r5, r6, r7, 8, r11, r10
    ROUND r7, r0, r1, r2, r3, r4, r5, r6, 9, r10, r11
    ROUND r6, r7, r0, r1, r2, r3, r4, r5, 10, r11, r10
    ROUND r5, r6, r7, r0, r1, r2, r3, r4, 11, r10, r11
    ROUND r4, r5, r6, r7, r0, r1, r2, r3, 12, r11, r10
    ROUND r3, r4, r5, r6, r7, r0, r1, r2, 13, r10, r11
    ROUND r2, r3, r4, r5, r6, r7, r0, r1, 14, r11, r10
    ROUND r1, r2, r3, r4, r5, r6, r7, r0, 15, r10, r11
    subs  lr, lr, #1
    beq.w digest_add
    SCHEDULE 0
    SCHEDULE 1
    SCHEDULE 2
    SCHEDULE 3
    SCHEDULE 4
    SCHEDULE 5
    SCHEDULE 6
    SCHEDULE 7
    SCHEDULE 8
    SCHEDULE 9
    SCHEDULE 10
    SCHEDULE 11
    SCHEDULE 12
    SCHEDULE 13
    SCHEDULE 14
    SCHEDULE 15
    b.w   digest_pass
digest_add:
    ldr   r12, [sp, #72]
    ldmia r12, {r8-r11}
    add   r0, r0, r8
    add   r1, r1, r9
    add   r2, r2, r10
    add   r3, r3, r11
    stmia r12!, {r0-r3}
    ldmia r12, {r8-r11}
    add   r4, r4, r8
    add   r5, r5, r9
    add   r6, r6, r10
    add   r7, r7, r11
    stmia r12, {r4-r7}
    b.w   digest_block
digest_end:
    ldr   r5, =MAILBOX
    ldr   r6, [r5, #NONCE]
    str   r6, [r5, #DONE]
    bkpt  #0

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
