/** Black on white, one sheet of A4. */
export const PAGE_STYLE = `
@page { size: A4; margin: 10mm 12mm }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 186mm; color: #000; background: #fff; font: 7.5pt/1.22 sans-serif }
header { display: flex; justify-content: space-between; gap: 6mm }
h1 { margin: 0 0 2mm; font-size: 15pt }
h2 { margin: 2mm 0 0.5mm; font-size: 8.5pt; border-bottom: 0.3mm solid #000 }
table { width: 100%; border-collapse: collapse }
th { width: 42mm; text-align: left; font-weight: normal; vertical-align: top; padding: 0 2mm 0 0 }
td { overflow-wrap: anywhere; vertical-align: top; font-family: monospace; font-size: 7.2pt }
.columns { display: grid; grid-template-columns: 1fr 1fr; gap: 6mm }
.columns th { width: 30mm }
.says { margin: 0; font-size: 8pt; overflow-wrap: anywhere }
.evidence th, .evidence td { width: auto; border-bottom: 0.1mm solid #999; font-size: 6.5pt; padding: 0 1mm 0 0 }
.evidence td { font-family: sans-serif }
.evidence td:first-child { white-space: nowrap }
.qr svg { width: 32mm; height: 32mm; display: block }
footer, .more { margin: 1.5mm 0 0; font-size: 7pt }
`;
