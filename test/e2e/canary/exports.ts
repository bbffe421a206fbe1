import { read, type CellObject } from '@e965/xlsx';

/** The file that the last page of an n8n form hands to the browser. */
export function downloadOf(page: string): Buffer {
	const [, encoded] = /JSON\.parse\(decodeURIComponent\("([^"]+)"\)\)/.exec(page) ?? [];
	if (!encoded) throw new Error(`This page hands out no file:\n${page.slice(0, 2_000)}`);
	const [{ data }] = JSON.parse(decodeURIComponent(encoded)) as Array<{
		data: string | { data: number[] };
	}>;
	return typeof data === 'string' ? Buffer.from(data, 'latin1') : Buffer.from(data.data);
}

/** Cells of a CSV file (RFC 4180). */
export function csvCells(text: string): string[] {
	const cells = [...text.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(?:,|\r?\n|$)/g)];
	return cells.map(([, cell]) =>
		cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
	);
}

/** Cells of all sheets, read with the library n8n writes them with; `f` is a formula. */
export function xlsxCells(file: Buffer): CellObject[] {
	return Object.values(read(file, { cellFormula: true }).Sheets).flatMap((sheet) =>
		Object.entries(sheet).flatMap(([address, cell]) =>
			address.startsWith('!') ? [] : [cell as CellObject],
		),
	);
}
