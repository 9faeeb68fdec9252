/**
 * The look of a form with its papers: one column of the page's width, figures of one width, a running head that names
 * whose it is, and pages numbered through, so that a list can say where each paper is.
 */
export const BUNDLE_STYLE = `#let quiet = rgb("#555555")

#let facts(cells) = block(above: 0.9em, below: 1.2em, grid(
  columns: (38mm, 1fr), column-gutter: 4mm, row-gutter: 0.55em,
  ..cells.enumerate().map(((index, cell)) => if calc.even(index) { text(fill: quiet, cell) } else { cell }),
))

#let ruled(widths, sides, heads, cells, last) = block(above: 0.9em, below: 1.2em, {
  set text(size: 9pt, number-type: "lining", number-width: "tabular")
  set par(justify: false)
  table(
    columns: widths, align: sides, stroke: none, inset: (x: 0.4em, y: 0.35em),
    table.hline(stroke: 0.8pt),
    table.header(..heads.map(emph)),
    table.hline(stroke: 0.4pt),
    ..cells,
    ..if last != none { (table.hline(stroke: 0.4pt), ..last.map(strong)) },
    table.hline(stroke: 0.8pt),
  )
})

#let place-of(number) = context {
  let found = query(label("paper-" + str(number)))
  let page = if found.len() > 0 { counter(page).at(found.first().location()).first() } else { none }
  if page == none { [R#number] } else { link(label("paper-" + str(number)), [R#number, p. #page]) }
}
#let places(numbers) = numbers.map(place-of).join(linebreak())

#let signatures(lines) = block(above: 3em, breakable: false, grid(
  columns: lines.map(_ => 1fr), column-gutter: 10mm,
  ..lines.map(words => { line(length: 100%, stroke: 0.5pt); v(-0.6em); text(size: 8.6pt, fill: quiet, words) }),
))

#let enclosure(number, title, words, content, part: none, is-first: true) = {
  pagebreak(weak: true)
  if is-first [#heading(level: 1, [R#number · #title]) #label("paper-" + str(number))] else { par(emph[R#number · #title]) }
  par(text(size: 9pt, fill: quiet, { words; if part != none [ · #part] }))
  if content == none {
    par[This file could not be set into this document; it was sent beside it.]
  } else {
    block(width: 100%, height: 1fr, above: 0.6em, align(center + top, content))
  }
}

#let bundle(title: none, subtitle: none, short-title: none, day: none, paper: "a4", body) = {
  set page(
    paper: paper,
    margin: (x: 20mm, top: 24mm, bottom: 20mm),
    header: context if counter(page).get().first() > 1 {
      text(size: 8.6pt, fill: quiet, { emph(short-title); h(1fr); day })
    },
    footer: context align(center, text(size: 8.6pt, fill: quiet)[Page #counter(page).display() of #counter(page).final().first()]),
  )
  set text(font: ("Libertinus Serif", "DejaVu Sans Mono"), size: 10pt, lang: "en", region: "gb", number-type: "lining")
  set par(leading: 0.6em, spacing: 0.8em)
  show heading: set text(size: 12pt, weight: "regular", style: "italic")
  show heading: set block(above: 1.4em, below: 0.7em, sticky: true)
  show std.title: set text(size: 19pt, weight: "regular", style: "italic")
  show std.title: set block(below: 0.5em)
  std.title(title)
  par(text(size: 11pt, subtitle))
  par(text(fill: quiet, day))
  body
}
`;
