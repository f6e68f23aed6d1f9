"""Files as they come: Word and PDF made here, from Python alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

BODY = [
    "示例市人民政府办公室关于加强信用建设的实施意见",
    "示政办〔2020〕7号",
    "各县（市、区）人民政府：",
    "现提出以下意见：",
    "一、主要任务",
    "（一）加强教育。抓好宣传。（市教育局牵头；财政局配合。2020年底前完成）",
    "（二）健全制度。建立清单。（责任单位：市司法局、市民政局）",
    "示例市人民政府办公室",
    "2020年3月2日",
]


def docx_bytes(lines: Sequence[str], table: Sequence[Sequence[str]] = ()) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if table:
        made = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, words in zip(made.add_row().cells, row, strict=True):
                cell.text = words
    return saved(document)


MERGED = [
    ["序号", "重点任务", "责任分工", "", "完成时限"],
    ["", "", "牵头单位", "配合单位", ""],
    ["一、政务诚信", "", "", "", ""],
    ["1", "建立平台", "市发展改革委", "财政局、审计局", "2020年6月底前"],
    ["2", "发布目录", "", "市司法局", "持续推进"],
    ["二、商务诚信", "", "", "", ""],
    ["3", "开展检查", "市市场监管局", "市商务局", "2020年底前"],
    ["", "公布结果", "市信用办", "", ""],
]
TOGETHER = (
    ((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 4), (1, 4)), ((0, 2), (0, 3)), ((2, 0), (2, 4)), ((5, 0), (5, 4)),
    ((3, 2), (4, 2)), ((6, 0), (7, 0)), ((6, 4), (7, 4)),
)  # fmt: skip


def merged_docx(title: str) -> bytes:
    """A table with a heading of two rows, names of chapters across it, and cells merged over rows."""
    document = Document()
    document.add_paragraph(title)
    table = document.add_table(rows=len(MERGED), cols=len(MERGED[0]))
    for place, row in enumerate(MERGED):
        for cell, words in zip(table.rows[place].cells, row, strict=True):
            cell.text = words
    for one, other in TOGETHER:
        table.cell(*one).merge(table.cell(*other))
    return saved(document)


def framed_docx(lines: Sequence[str]) -> bytes:
    """A document whose whole text stands in a table of one cell."""
    document = Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = lines[0]
    for line in lines[1:]:
        cell.add_paragraph(line)
    return saved(document)


TABLE = [
    ["序号", "重点任务", "牵头单位", "配合单位", "完成时限"],
    ["1", "建立平台", "市发展改革委", "财政局、审计局", "2020年6月底前"],
    ["2", "发布目录", "市司法局", "", "持续推进"],
]


def _filled(table: Any) -> None:
    for place, row in enumerate(TABLE):
        for cell, words in zip(table.rows[place].cells, row, strict=True):
            cell.text = words


def nested_docx(title: str) -> bytes:
    """A table in a cell of another, beside a cell that is empty."""
    document = Document()
    document.add_paragraph(title)
    frame = document.add_table(rows=1, cols=2).cell(0, 1)
    _filled(frame.add_table(rows=len(TABLE), cols=len(TABLE[0])))
    return saved(document)


def boxed_docx(title: str) -> bytes:
    """A table in a text box, and what older programs show instead of it."""
    document = Document()
    document.add_paragraph(title)
    table = document.add_table(rows=len(TABLE), cols=len(TABLE[0]))
    _filled(table)
    spaces = nsdecls("w") + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:v"'
    box = "<w:txbxContent/>"
    run = parse_xml(
        f"<w:r {spaces}><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback><w:txbxContent><w:p><w:r><w:t>旧</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    run[0][0][0].append(table._tbl)
    document.add_paragraph()._p.append(run)
    return saved(document)


def saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def revised_docx(lines: Sequence[str], count: int) -> bytes:
    """With ``count`` insertions and as many deletions in the last paragraph but two."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    paragraph = document.paragraphs[-3]._p
    marks = 'w:id="1" w:author="x" w:date="2020-01-01T00:00:00Z"'
    for _ in range(count):
        paragraph.append(parse_xml(f"<w:ins {nsdecls('w')} {marks}><w:r><w:t>。</w:t></w:r></w:ins>"))
        paragraph.append(parse_xml(f"<w:del {nsdecls('w')} {marks}><w:r><w:delText>删</w:delText></w:r></w:del>"))
    return saved(document)


LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))


def numbered_docx(lines: Sequence[tuple[int | None, str]]) -> bytes:
    """Paragraphs whose numbers Word makes: (level or None, words)."""
    document = Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(LEVELS)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="99">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="99"><w:abstractNumId w:val="99"/></w:num>'))
    for level, words in lines:
        paragraph = document.add_paragraph(words)
        if level is not None:
            shape = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="99"/></w:numPr>'
            paragraph._p.get_or_add_pPr().append(parse_xml(shape))
    return saved(document)


def zip_bytes(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def pdf_bytes(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with text whose letters are named by a ToUnicode map; nothing is drawn that a person could read."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", _font(), "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song "
               "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>", _unicode_map()]  # fmt: skip
    kids = []
    for lines in pages:
        kids.append(f"{len(objects) + 1} 0 R")
        content = len(objects) + 2
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {content} 0 R "
            "/Resources << /Font << /F 3 0 R >> >> >>"
        )
        objects.append(_stream(_drawn(lines)))
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _file(objects)


def _font() -> str:
    return "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"


def _unicode_map() -> str:
    return _stream(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        "1 beginbfrange <0000> <FFFF> <0000> endbfrange\nendcmap end end"
    )


def _drawn(lines: Sequence[str]) -> str:
    return "\n".join(
        f"BT /F 10 Tf 20 {780 - 16 * number} Td <{line.encode('utf-16-be').hex()}> Tj ET"
        for number, line in enumerate(lines)
    )


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _file(objects: Sequence[str]) -> bytes:
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    out += "".join(f"{place:010d} 00000 n \n" for place in places)
    return (out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF").encode("ascii")


def ruled_pdf(
    title: str,
    rows: Sequence[Sequence[str]],
    more: dict[tuple[int, int], str],
    merged: set[tuple[int, int]],
) -> bytes:
    """A page with a table in drawn lines. ``more``: a cell's second line; ``merged``: cells without a line below."""
    width, height, left, top = 100, 40, 50, 740
    drawn = [_shown(title, 60, 770)]
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            x, y = left + column * width, top - number * height
            drawn += [_shown(words, x + 5, y - 14), _shown(more.get((number, column), ""), x + 5, y - 30)]
            edges = [(x, y, x, y - height), (x + width, y, x + width, y - height), (x, y, x + width, y)]
            if (number, column) not in merged:
                edges.append((x, y - height, x + width, y - height))
            if (number - 1, column) in merged:
                edges.remove((x, y, x + width, y))
            drawn += [f"{a} {b} m {c} {d} l S" for a, b, c, d in edges]
    return _file(
        [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [6 0 R] /Count 1 >>", _font(), _descendant(),
            _unicode_map(), _page(7), _stream("\n".join(drawn)),
        ]
    )  # fmt: skip


def _shown(words: str, x: int, y: int) -> str:
    return f"BT /F 10 Tf {x} {y} Td <{words.encode('utf-16-be').hex()}> Tj ET" if words else ""


def _page(content: int) -> str:
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {content} 0 R "
        "/Resources << /Font << /F 3 0 R >> >> >>"
    )


def _descendant() -> str:
    return (
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>"
    )
