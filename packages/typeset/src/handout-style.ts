/**
 * The look of a handout, after Edward Tufte's: a text column of 107 mm with a wide margin to its
 * right that holds the notes; old-style restraint in place of rules and boxes; headings in italics,
 * not numbered; links in royal blue (contrast on white 6.3 : 1).
 *
 *     |<- 25 ->|<------- 107 ------->|<8>|<--- 50 --->|<20>|   A4, millimetres
 *
 * The fonts come with the compiler, so the page is the same on every machine; letters that they
 * lack are taken from the machine's own fonts, if it has them.
 */
export const HANDOUT_STYLE = `
#let blue = rgb("#3457c9")
#let quiet = luma(38%)
#let body-size = 10.5pt
#let small-size = 8.6pt
#let column-width = 107mm
#let gutter-width = 8mm
#let note-width = 50mm

#let section-rule = block(width: 100%, above: 1.6em, below: 1.6em, align(center, text(fill: quiet, tracking: 0.8em, [∗∗∗])))

#let ruled-table(columns, alignments, header, rows) = block(above: 1.3em, below: 1.3em, {
  set text(size: 9.2pt, number-type: "lining", number-width: "tabular")
  set par(justify: false)
  table(
    columns: columns,
    align: alignments,
    stroke: none,
    inset: (x: 0.5em, y: 0.38em),
    table.hline(stroke: 0.8pt),
    table.header(..header.map(cell => emph(cell))),
    table.hline(stroke: 0.4pt),
    ..rows,
    table.hline(stroke: 0.8pt),
  )
})

#let margin-note(mark, content) = block(below: 1em, {
  if mark != none { super(mark); h(0.15em) }
  content
})

// Space above a heading, in ems of the text: what stands beside it must not pull it up.
#let heading-space = (2.5em, 1.9em, 1.5em, 1.5em, 1.5em, 1.5em)

#let beside(level, notes, content) = if notes == none { content } else {
  let above = if level == none { 0.95em } else { heading-space.at(level - 1) }
  block(above: above, below: 0.95em, grid(
    columns: (column-width, note-width),
    column-gutter: gutter-width,
    content,
    {
      set text(size: small-size, hyphenate: true)
      set par(justify: false, leading: 0.52em, spacing: 0.7em)
      notes
    },
  ))
}

#let handout(title: none, subtitle: none, authors: none, organisation: none, date: none, short-title: none, paper: "a4", abstract: none, body) = {
  let page-width = if paper == "a4" { 210mm } else { 215.9mm }
  let left-margin = 25mm
  let right-margin = page-width - left-margin - column-width
  set page(
    paper: paper,
    margin: (left: left-margin, right: right-margin, top: 27mm, bottom: 26mm),
    header-ascent: 9mm,
    header: context if counter(page).get().first() > 1 {
      set text(size: small-size, fill: quiet)
      box(width: column-width + gutter-width + note-width, {
        emph(short-title)
        h(1fr)
        counter(page).display()
      })
    },
  )
  set text(font: ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"), size: body-size, number-type: "old-style", hyphenate: false)
  set par(justify: false, leading: 0.65em, spacing: 1.05em)
  show link: set text(fill: blue)
  show raw: set text(font: ("DejaVu Sans Mono", "Libertinus Serif"), size: 0.84em, number-type: "lining")
  show raw.where(block: true): it => block(above: 1.2em, below: 1.2em, inset: (left: 1.2em), {
    set par(leading: 0.55em)
    it
  })
  show heading: set text(size: body-size, weight: "regular", style: "italic")
  show heading.where(level: 1): set text(size: 15pt)
  show heading.where(level: 2): set text(size: 12.5pt)
  show heading: it => {
    let above = heading-space.at(it.level - 1) / 1em * body-size
    block(above: above, below: 0.85 * body-size, sticky: true, it.body)
  }
  set list(indent: 0.3em, body-indent: 0.65em, marker: ([•], [–], [·]))
  set enum(indent: 0.3em, body-indent: 0.65em)
  show quote.where(block: true): set text(size: 0.95em)
  show quote.where(block: true): set block(above: 1.1em, below: 1.1em)

  show std.title: set text(size: 23pt, weight: "regular", style: "italic")
  show std.title: set block(below: 0.55em)
  block(width: column-width + gutter-width, below: 0pt, {
    set par(leading: 0.5em, spacing: 0.55em)
    std.title(title)
    if subtitle != none { block(below: 0.9em, text(size: 14pt, style: "italic", fill: quiet, subtitle)) }
  })
  block(above: 1.3em, below: 2.4em, {
    set par(leading: 0.55em, spacing: 0.5em)
    if authors != none { block(below: 0.5em, text(size: 11.5pt, authors)) }
    if organisation != none { block(below: 0.5em, text(size: 11.5pt, style: "italic", organisation)) }
    text(size: body-size, fill: quiet, date)
  })
  if abstract != none {
    block(inset: (left: 1.4em, right: 1.4em), below: 2.4em, {
      set text(size: 9.8pt)
      abstract
    })
  }
  body
}
`;
