import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');

/** Numbers of files change with each commit; rooms and arrows do not. */
const withoutCounts = (svg: string) => svg.replace(/\d+ files?/g, '');

test('the drawn page of rooms is that of the lint rule; else run: node scripts/house-picture.mjs', () => {
	const drawn = execFileSync(process.execPath, ['scripts/house-picture.mjs', '--print'], {
		cwd: root,
		encoding: 'utf8',
	});
	expect(drawn).toContain('data-arrow="lib/sync→lib/procore"');
	const kept = readFileSync(path.join(root, 'docs/images/house.svg'), 'utf8');
	expect(withoutCounts(kept)).toBe(withoutCounts(drawn));
});
