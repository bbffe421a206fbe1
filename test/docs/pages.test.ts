import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { USAGE } from '../../cli/terminal/usage';
import packageJson from '../../package.json';
import { TEMPLATES } from '../../workflows/source/build';
import { TABLES } from '../../lib/tables/tables';

const root = path.resolve(__dirname, '../..');
const filesIn = (folder: string) => readdirSync(path.join(root, folder));
const pages = [
	'README.md',
	'CHANGELOG.md',
	...filesIn('docs')
		.filter((file) => file.endsWith('.md'))
		.map((file) => `docs/${file}`),
].map((page) => ({ page, text: readFileSync(path.join(root, page), 'utf8') }));
const everything = pages.map(({ text }) => text).join('\n');

/** All that the first group of a pattern finds, once each. */
const found = (text: string, pattern: RegExp) => [
	...new Set([...text.matchAll(pattern)].map(([, group]) => group)),
];

/** As GitHub makes them. */
const anchorsOf = (text: string) =>
	found(text, /^#+ (.*)$/gm).map((title) =>
		title
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, '')
			.replaceAll(' ', '-'),
	);

test.each(pages)('each link of $page leads somewhere', ({ page, text }) => {
	const lost = found(text, /\]\(([^)\s]+)\)/g).filter((link) => {
		if (/^https?:/.test(link)) return false;
		const [file, anchor] = link.split('#');
		const target = file === '' ? page : path.join(path.dirname(page), file);
		if (!existsSync(path.join(root, target))) return true;
		const there = pages.find((one) => one.page === target)?.text ?? '';
		return anchor !== undefined && !anchorsOf(there).includes(anchor);
	});
	expect(lost).toEqual([]);
});

test('each picture is shown somewhere', () => {
	expect(filesIn('docs/images').filter((file) => !everything.includes(`images/${file}`))).toEqual(
		[],
	);
});

test('each npm command exists', () => {
	const commands = found(everything, /npm run ([\w:-]+)/g);
	expect(commands.length).toBeGreaterThan(5);
	expect(commands.filter((command) => !(command in packageJson.scripts))).toEqual([]);
});

test('each option of the command line tool exists', () => {
	const ours = everything
		.split('\n')
		.filter((line) => !/import:workflow|npm (run|start)/.test(line))
		.join('\n');
	const options = found(ours, /[\s`](--[a-z][a-z-]+)/g);
	expect(options.length).toBeGreaterThan(5);
	expect(options.filter((option) => !USAGE.includes(`  ${option} `))).toEqual([]);
});

test('each table and workflow named exists, and each table is explained', () => {
	const tables = Object.values(TABLES).map(({ name }) => name);
	expect(found(everything, /\b(gpp_[a-z_]+)/g).sort()).toEqual(tables.sort());
	const workflows = Object.values(TEMPLATES).map((build) => build());
	const ids = workflows.map(({ id }) => id);
	expect(found(everything, /\b(gpp-[a-z]+)/g).filter((id) => !ids.includes(id))).toEqual([]);
	const names = workflows.map(({ name }) => name);
	const named = found(everything, /(GP to Procore: [a-z ]+[a-z])\*/g);
	expect(named.length).toBeGreaterThan(4);
	expect(named.filter((name) => !names.includes(name))).toEqual([]);
});

test('each room of the house is on its plan', () => {
	const plan = pages.find(({ page }) => page === 'docs/architecture.md')!.text;
	for (const folder of ['lib', 'nodes', 'cli']) {
		const rooms = readdirSync(path.join(root, folder), { withFileTypes: true })
			.filter((entry) => entry.isDirectory() && entry.name !== 'shared')
			.map(({ name }) => `${name}/`);
		expect(rooms.filter((room) => !plan.includes(` ${room} `))).toEqual([]);
	}
});

test('each test file and folder that a page names exists', () => {
	const named = found(everything, /`(test\/[\w./-]+)`/g);
	expect(named.length).toBeGreaterThan(15);
	expect(named.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});

/** `test/file.ts`: *a part of a title that stands in it*. */
const NAMED_TEST = /`(test\/[\w./-]+)`: \*([^*]+)\*/g;

test('each promise of the security page names a test by its title', () => {
	const page = pages.find(({ page }) => page === 'docs/security.md')!.text;
	const promises = page.slice(0, page.indexOf('## Who attacks')).split(/^\* /m).slice(1);
	const start = page.indexOf('| who | what is tried | guard | test |');
	const rows = page.slice(start, page.indexOf('\n\n', start)).split('\n').slice(2);
	expect([promises.length > 8, rows.length > 18]).toEqual([true, true]);
	const bare = [...promises, ...rows].filter(
		(one) => !one.includes('*No test:*') && [...one.matchAll(NAMED_TEST)].length === 0,
	);
	expect(bare).toEqual([]);
	const named = [...page.replace(/\s+/g, ' ').matchAll(NAMED_TEST)];
	const lost = named.filter(([, file, title]) => {
		const at = path.join(root, file!);
		return !existsSync(at) || !readFileSync(at, 'utf8').replace(/\s+/g, ' ').includes(title!);
	});
	expect(lost.map(([all]) => all)).toEqual([]);
});

test('each row of the threat model names its test, or says that it is open', () => {
	const page = pages.find(({ page }) => page === 'docs/security.md')!.text;
	const start = page.indexOf('| who | what is tried | guard | test |');
	const rows = page.slice(start, page.indexOf('\n\n', start)).split('\n').slice(2);
	expect(rows.length).toBeGreaterThan(14);
	const bare = rows.filter((row) => {
		const tests = row.split(' | ').at(-1) ?? '';
		return !tests.includes('`test/') && !row.includes('| **open**');
	});
	expect(bare).toEqual([]);
});
