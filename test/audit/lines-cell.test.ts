import { linesCell, readLinesCell } from '../../lib/audit/event-row';

const line = { costCode: '01-500', costType: 'M', amount: '1250.50', description: 'slab' };

test('lines come back as they went in', () => {
	expect(readLinesCell(linesCell([line]))).toEqual({ lines: [line], more: 0 });
	expect(linesCell([])).toBe('');
});

test('lines that do not fit are counted, and the cell stays small', () => {
	const many = Array.from({ length: 500 }, () => line);
	const cell = linesCell(many);
	expect(cell.length).toBeLessThan(2_100);
	const read = readLinesCell(cell)!;
	expect(read.lines.length + read.more).toBe(500);
	expect(read.lines.length).toBeGreaterThan(20);
});

test('a secret in a description does not get into the cell', () => {
	expect(linesCell([{ ...line, description: 'password=hunter2secret' }])).not.toContain('hunter2');
});

test.each(['', '{', '[', '[1,2]', '{"a":1}', 'null', '[["a"]]', '[["a","b",1,"c"]]'])(
	'%j is no such cell',
	(text) => expect(readLinesCell(text)).toBeNull(),
);
