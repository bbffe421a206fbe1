import { existsSync } from 'node:fs';
import path from 'node:path';
import judged from './judged.json';
import { type Report, scoreOf, shareOf } from './score';

const source = ['function room(left) {', '\tif (left > 0)', '\t\treturn 1;', '}'].join('\n');
const at = (startLine: number, startColumn: number, endLine: number, endColumn: number) => ({
	start: { line: startLine, column: startColumn },
	end: { line: endLine, column: endColumn },
});
const condition = { location: at(2, 6, 2, 14), replacement: 'left >= 0' };
const report = (...mutants: Report['files'][string]['mutants']): Report => ({
	files: { 'lib/room.ts': { source, mutants } },
});

test('noticed are those a test failed or hung for; what Stryker left out counts neither way', () => {
	const score = scoreOf(
		report(
			...['Killed', 'Timeout', 'Survived', 'NoCoverage', 'Ignored', 'CompileError'].map(
				(status) => ({ ...condition, status }),
			),
		),
		[],
	);
	expect(score).toMatchObject({ mutants: 4, noticed: 2, judged: 0 });
	expect(shareOf(score)).toBe(50);
	expect(shareOf({ mutants: 0, noticed: 0 })).toBe(0);
});

test('a survivor is named by its line and what was changed in it', () => {
	const block = { status: 'Survived', location: at(2, 2, 3, 12), replacement: '{}' };
	const { survivors } = scoreOf(report({ ...condition, status: 'Survived' }, block), []);
	expect(survivors).toEqual([
		{ file: 'lib/room.ts', at: 2, line: 'if (left > 0)', change: 'left > 0 → left >= 0' },
		{ file: 'lib/room.ts', at: 2, line: 'if (left > 0)', change: 'if (left > 0) return 1; → {}' },
	]);
});

test('one that was judged counts neither way, as long as its line stands as it was', () => {
	const survived = report({ ...condition, status: 'Survived' });
	const known = {
		file: 'lib/room.ts',
		line: 'if (left > 0)',
		change: 'left > 0 → left >= 0',
		why: '',
	};
	expect(scoreOf(survived, [known])).toMatchObject({ mutants: 0, judged: 1 });
	expect(scoreOf(survived, [{ ...known, line: 'if (left > 1)' }])).toMatchObject({ mutants: 1 });
	expect(scoreOf(report({ ...condition, status: 'Killed' }), [known])).toMatchObject({
		noticed: 1,
		judged: 0,
	});
});

test('each judged survivor is of a file that stands, and says why', () => {
	for (const { file, why } of judged as Array<{ file: string; why: string }>) {
		expect(existsSync(path.resolve(__dirname, '../..', file))).toBe(true);
		expect(why).toMatch(/^.{20,}\.$/);
	}
});
