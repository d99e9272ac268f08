"""Bar charts as SVG, without any library."""
from html import escape

WIDTH, LEFT, RIGHT, BAR, GAP, TOP = 760, 290, 110, 20, 10, 44
STYLE = """<style>
text { font: 13px system-ui, sans-serif; fill: #333 } .title { font-weight: 600; font-size: 14px }
.ours { fill: #1f6f8b } .theirs { fill: #b8c4cc } .span { stroke: #333; stroke-width: 1.5 } .axis { stroke: #999 }
@media (prefers-color-scheme: dark) { text { fill: #ddd } .span { stroke: #eee } .theirs { fill: #5d6a73 } .ours { fill: #3d9dbd } }
</style>"""


def bars(title, rows, form):
    """One bar for each row (label, least, median, greatest, whether ours); form writes a number."""
    height = TOP + len(rows) * (BAR + GAP) + 8
    scale = (WIDTH - LEFT - RIGHT) / max(row[3] for row in rows)
    out = ['<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-label="%s">'
           % (WIDTH, height, WIDTH, height, escape(title, quote=True)), STYLE,
           '<text class="title" x="8" y="22">%s</text>' % escape(title)]
    for i, (label, least, median, greatest, ours) in enumerate(rows):
        top = TOP + i * (BAR + GAP)
        middle = top + BAR / 2
        out.append('<text x="%d" y="%.1f" text-anchor="end">%s</text>' % (LEFT - 10, middle + 4.5, escape(label)))
        out.append('<rect class="%s" x="%d" y="%d" width="%.1f" height="%d"/>'
                   % ("ours" if ours else "theirs", LEFT, top, max(median * scale, 1), BAR))
        if greatest > least:
            out.append('<line class="span" x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f"/>'
                       % (LEFT + least * scale, middle, LEFT + greatest * scale, middle))
        out.append('<text x="%.1f" y="%.1f">%s</text>' % (LEFT + greatest * scale + 8, middle + 4.5, escape(form(median))))
    out.append('<line class="axis" x1="%d" y1="%d" x2="%d" y2="%d"/></svg>' % (LEFT, TOP - 6, LEFT, height - 8))
    return "\n".join(out) + "\n"
