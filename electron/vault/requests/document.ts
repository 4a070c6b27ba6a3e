import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { ClientList, ClientRequest } from './listing.ts';
import { listWords } from './words.ts';

/** The list for the client as a document of a word processor, A4 across, with a column to answer in. */

const accent = '006763';
const quiet = '4B5157';
const hairline = { style: BorderStyle.SINGLE, size: 4, color: 'CFCCC6' } as const;
const nothing = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const noBorders = {
  top: nothing,
  bottom: nothing,
  left: nothing,
  right: nothing,
  insideHorizontal: nothing,
  insideVertical: nothing,
} as const;

/** Twentieths of a point: A4 across within its margins. */
const page = { width: 11_906, height: 16_838, margin: 850 } as const;
const columnWidths = [760, 4600, 3700, 1800, 1300, 2978] as const;

export async function writeRequestDocument(list: ClientList): Promise<Uint8Array> {
  const document = new Document({
    creator: list.contact,
    lastModifiedBy: list.contact,
    title: `${listWords.title}: ${list.audit}`,
    styles: {
      default: {
        document: { run: { font: 'Calibri', size: 19 }, paragraph: { spacing: { after: 60 } } },
        heading1: { run: { font: 'Calibri', size: 36, bold: true, color: '1B2026' }, paragraph: { spacing: { after: 160 } } },
      },
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: page.width, height: page.height, orientation: PageOrientation.LANDSCAPE },
            margin: { top: page.margin, bottom: page.margin, left: page.margin, right: page.margin },
          },
        },
        footers: { default: new Footer({ children: [footer(list)] }) },
        children: [
          new Paragraph({ text: listWords.title, heading: HeadingLevel.HEADING_1 }),
          facts(list),
          new Paragraph({ spacing: { before: 160, after: 160 }, text: list.requests.length === 0 ? listWords.none : listWords.intro }),
          ...(list.requests.length === 0 ? [] : [requestTable(list.requests)]),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

function facts(list: ClientList): Table {
  const rows = [
    [listWords.organisation, list.organisation],
    [listWords.audit, list.audit],
    [listWords.period, list.period],
    [listWords.contact, list.contact],
    [listWords.writtenOn, list.writtenOn],
  ] as const;
  return new Table({
    borders: noBorders,
    layout: TableLayoutType.FIXED,
    columnWidths: [1700, 9000],
    rows: rows.map(
      ([label, value]) =>
        new TableRow({
          children: [
            cell([new Paragraph({ children: [new TextRun({ text: label, color: quiet })] })], 1700),
            cell(paragraphs(value), 9000),
          ],
        }),
    ),
  });
}

function requestTable(requests: readonly ClientRequest[]): Table {
  const { columns } = listWords;
  const titles = [columns.number, columns.what, columns.requirement, columns.askedOf, columns.due, columns.remark];
  return new Table({
    layout: TableLayoutType.FIXED,
    columnWidths: [...columnWidths],
    borders: { ...noBorders, bottom: hairline, insideHorizontal: hairline },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: titles.map((title, index) => titleCell(title, columnWidths[index] ?? 0)),
      }),
      ...requests.map((request) => new TableRow({ cantSplit: isShort(request), children: requestCells(request) })),
    ],
  });
}

/** A row stays on one page unless it would leave much of one empty. */
function isShort({ description, requirements }: ClientRequest): boolean {
  return description.length < 1500 && requirements.length < 15;
}

function requestCells(request: ClientRequest): TableCell[] {
  const what = [
    new Paragraph({ children: [new TextRun({ text: request.title, bold: true })] }),
    ...(request.description === '' ? [] : paragraphs(request.description)),
    ...(request.state === listWords.states.asked
      ? []
      : [new Paragraph({ children: [new TextRun({ text: request.state, italics: true, color: quiet })] })]),
  ];
  const contents = [
    paragraphs(request.label),
    what,
    request.requirements.flatMap((requirement) => paragraphs(requirement)),
    paragraphs(request.askedOf),
    paragraphs(request.due),
    [new Paragraph('')],
  ];
  return contents.map((content, index) => cell(content.length === 0 ? [new Paragraph('')] : content, columnWidths[index] ?? 0));
}

function titleCell(text: string, width: number): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    margins,
    shading: { type: ShadingType.CLEAR, fill: accent, color: 'auto' },
    children: [new Paragraph({ spacing: { before: 30, after: 30 }, children: [new TextRun({ text, bold: true, color: 'FFFFFF' })] })],
  });
}

const margins = { top: 60, bottom: 40, left: 80, right: 80 } as const;

function cell(children: readonly Paragraph[], width: number): TableCell {
  return new TableCell({ width: { size: width, type: WidthType.DXA }, margins, children: [...children] });
}

/** One paragraph a line. */
function paragraphs(text: string): Paragraph[] {
  return text.split('\n').map((line) => new Paragraph({ spacing: { after: 30 }, children: [new TextRun(line)] }));
}

function footer(list: ClientList): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.RIGHT,
    children: [
      new TextRun({
        size: 16,
        color: quiet,
        children: [`${list.organisation} · ${list.audit} · ${listWords.page}`, PageNumber.CURRENT, listWords.of, PageNumber.TOTAL_PAGES],
      }),
    ],
  });
}
