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
/** Those for whoever works on the package, too. */
const allPages = [
	...pages,
	...[
		...['CONTRIBUTING.md', 'SECURITY.md', 'deploy/README.md'],
		...filesIn('docs/decisions').map((file) => `docs/decisions/${file}`),
	].map((page) => ({ page, text: readFileSync(path.join(root, page), 'utf8') })),
];

/** All that the first group of a pattern finds, once each. */
const found = (text: string, pattern: RegExp) => [
	...new Set([...text.matchAll(pattern)].map(([, group]) => group)),
];

/** As GitHub makes them, and those set by hand. */
const anchorsOf = (text: string) => [
	...found(text, /<a id="([^"]+)">/g),
	...found(text, /^#+ (.*)$/gm).map((title) =>
		title
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, '')
			.replaceAll(' ', '-'),
	),
];

/** Whether there is such a file, and in it such an anchor. */
function leadsSomewhere(file: string, anchor: string | undefined): boolean {
	if (!existsSync(path.join(root, file))) return false;
	const there = allPages.find((one) => one.page === file)?.text ?? '';
	return anchor === undefined || anchorsOf(there).includes(anchor);
}

test.each(allPages)('each link of $page leads somewhere', ({ page, text }) => {
	const lost = found(text, /\]\(([^)\s]+)\)/g).filter((link) => {
		if (/^https?:/.test(link)) return false;
		const [file, anchor] = link.split('#');
		return !leadsSomewhere(file === '' ? page : path.join(path.dirname(page), file), anchor);
	});
	expect(lost).toEqual([]);
});

/** Address of this repository; the README is what it shows. */
const HOME = packageJson.repository.url.replace(/^git\+|\.git$/g, '');

/** All that n8n or the registry shows of the package: files by their paths. */
const shown = ['credentials', 'nodes', 'lib', 'cli', 'workflows/source'].flatMap((folder) =>
	(readdirSync(path.join(root, folder), { recursive: true }) as string[])
		.filter((file) => /\.(ts|json)$/.test(file))
		.map((file) => path.join(folder, file)),
);

test('each address of this repository that n8n shows leads to a page and an anchor in it', () => {
	const named = shown.flatMap((file) => {
		const text = readFileSync(path.join(root, file), 'utf8');
		return found(text, /(https:\/\/github\.com\/n8n-nodes[^\s'"`)]+)/g).map((url) => ({
			file,
			url,
		}));
	});
	const credentials = filesIn('credentials').map((file) => `credentials/${file}`);
	for (const file of credentials) expect(named.map((one) => one.file)).toContain(file);
	const lost = named.filter(({ url }) => {
		if (!url.startsWith(HOME)) return true;
		const [place = '', anchor] = url.slice(HOME.length).split('#');
		const file = place === '' ? 'README.md' : place.replace(/^\/blob\/main\//, '');
		return !leadsSomewhere(file, anchor === 'readme' ? undefined : anchor);
	});
	expect(lost).toEqual([]);
});

test('each page is linked from another one', () => {
	const linked = allPages.flatMap(({ page, text }) =>
		found(text, /\]\(([^)#\s]+)/g).map((link) => path.join(path.dirname(page), link)),
	);
	const apart = new Set(['README.md', 'CHANGELOG.md', 'docs/decisions/README.md']);
	expect(
		allPages
			.filter(({ page }) => !apart.has(page) && !linked.includes(page))
			.map((one) => one.page),
	).toEqual([]);
});

test('the README tells things in the order a person meets them, the pages of the roles first', () => {
	const { text } = pages.find(({ page }) => page === 'README.md')!;
	const titles = found(text, /^## (.*)$/gm);
	const order = [
		...['See it run in five minutes', 'Install', 'Connect', 'The first hour', 'Every day'],
		...['When something is wrong', 'Upgrade, check, uninstall', 'For contributors'],
	];
	expect(titles.filter((title) => order.includes(title))).toEqual(order);
	const top = text.slice(0, text.indexOf('\n## '));
	for (const role of filesIn('docs').filter((file) => file.startsWith('for-')))
		expect(top).toContain(`(docs/${role})`);
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
	const others = found(
		allPages.map(({ text }) => text).join('\n'),
		/`npm (start|test|run [\w:-]+)/g,
	);
	expect(others.filter((command) => !(command.replace('run ', '') in packageJson.scripts))).toEqual(
		[],
	);
});

/** The program an npm command runs, by scripts/run.mjs, and the files it imports. */
function programOf(command: string): string {
	const commands = readFileSync(path.join(root, 'scripts/run.mjs'), 'utf8');
	const [, file] = new RegExp(`\\s'?${command}'?: \\[typescript\\('([^']+)'\\)`).exec(commands)!;
	const program = readFileSync(path.join(root, file!), 'utf8');
	const imported = found(program, / from '(\.[^']+)'/g)
		.map((name) => path.join(root, path.dirname(file!), `${name}.ts`))
		.filter((place) => existsSync(place))
		.map((place) => readFileSync(place, 'utf8'));
	return [program, ...imported].join('\n');
}

test('each option given to an npm command is read by its program', () => {
	const given = everything.split('\n').flatMap((line) =>
		[...line.matchAll(/[` ]-- (--[^`]*)`/g)].flatMap(({ index, 1: options }) => {
			const [, command] = [...line.slice(0, index).matchAll(/npm (?:run )?([\w:-]+)/g)].at(-1)!;
			return found(options!, /--([a-z-]+)/g).map((option) => ({
				command: command!,
				option: option!,
			}));
		}),
	);
	expect(given.length).toBeGreaterThan(8);
	const unread = given.filter(({ command, option }) => {
		const program = programOf(command);
		return !program.includes(`'--${option}'`) && !new RegExp(`\\b${option}: \\{`).test(program);
	});
	expect(unread).toEqual([]);
});

test('each command given to the command line tool exists', () => {
	const given = found(everything, /npx n8n-nodes-dynamics-gp-procore(?:@latest)? ([a-z]+)/g);
	expect(given.length).toBeGreaterThan(1);
	expect(given.filter((command) => !USAGE.includes(`\n  ${command} `))).toEqual([]);
});

test('each form that a page names is one of the workflows', () => {
	const forms = Object.values(TEMPLATES).flatMap((build) =>
		build().nodes.filter(({ type }) => type === 'n8n-nodes-base.formTrigger'),
	);
	const named = found(everything, /\b[Ff]orms? \*([^*]+)\*/g);
	expect(named.length).toBeGreaterThan(3);
	expect(named.filter((form) => !forms.some(({ name }) => name === form))).toEqual([]);
});

test('each option of the command line tool exists', () => {
	const ours = everything
		.split('\n')
		.filter((line) => !/import:workflow|npm (run|start|install)/.test(line))
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

test('a worker of the shipped deployment ends by itself before it is killed', () => {
	const compose = readFileSync(path.join(root, 'deploy/docker-compose.yml'), 'utf8');
	const own = Number(/N8N_GRACEFUL_SHUTDOWN_TIMEOUT: "(\d+)"/.exec(compose)?.[1]);
	const given = Number(/stop_grace_period: (\d+)m/.exec(compose)?.[1]) * 60;
	expect(own).toBeGreaterThan(30);
	expect(own).toBeLessThan(given);
});
