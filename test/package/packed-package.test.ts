import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');

/** What n8n makes visible to a community node through NODE_PATH; nothing else may be needed. */
const GIVEN_BY_N8N = ['n8n-workflow', 'luxon', 'lodash', 'zod', 'p-limit'];

let scratch: string;
let installed: string;
let manifest: {
	version: string;
	dependencies?: object;
	peerDependenciesMeta: object;
	bin: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
};
const PACKAGE = 'n8n-nodes-dynamics-gp-procore';

function npm(...args: string[]): string {
	return execFileSync('npm', args, {
		cwd: root,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'],
	});
}

/** Loads a file of the installed package in a Node that finds only what n8n provides. */
function load(file: string): { names: string[]; display: string } {
	const script = `
		const exported = require(${JSON.stringify(path.join(installed, file))});
		const Type = Object.values(exported).find((value) => typeof value === 'function');
		const instance = new Type();
		console.log(JSON.stringify({ names: Object.keys(exported), display: instance.displayName ?? instance.description.displayName }));`;
	const output = execFileSync(process.execPath, ['-e', script], {
		cwd: scratch,
		encoding: 'utf8',
		env: { PATH: process.env.PATH, NODE_PATH: path.join(scratch, 'given-by-n8n') },
	});
	return JSON.parse(output);
}

beforeAll(() => {
	execFileSync(process.execPath, ['scripts/run.mjs', 'build'], {
		cwd: root,
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'packed-package-'));
	fs.mkdirSync(path.join(scratch, 'given-by-n8n'));
	for (const name of GIVEN_BY_N8N) {
		fs.symlinkSync(
			fs.realpathSync(path.join(root, 'node_modules', name)),
			path.join(scratch, 'given-by-n8n', name),
		);
	}
	const [{ filename }] = JSON.parse(
		npm('pack', '--json', '--ignore-scripts', '--pack-destination', scratch),
	);
	// The flags with which n8n installs a community package; peers come from n8n itself.
	npm(
		'install',
		'--prefix',
		scratch,
		'--ignore-scripts',
		'--legacy-peer-deps',
		'--omit=dev',
		path.join(scratch, filename),
	);
	installed = path.join(scratch, 'node_modules', 'n8n-nodes-dynamics-gp-procore');
	manifest = JSON.parse(fs.readFileSync(path.join(installed, 'package.json'), 'utf8'));
});

afterAll(() => {
	if (scratch) fs.rmSync(scratch, { recursive: true, force: true });
});

describe('the package as n8n installs it', () => {
	it('has no dependencies and installs nothing beside itself', () => {
		expect(manifest.dependencies ?? {}).toEqual({});
		expect(
			fs.readdirSync(path.join(scratch, 'node_modules')).filter((name) => !name.startsWith('.')),
		).toEqual(['n8n-nodes-dynamics-gp-procore']);
	});

	it('loads every node and credential with nothing but what n8n provides', () => {
		const files = [...manifest.n8n.nodes, ...manifest.n8n.credentials];
		expect(files.length).toBeGreaterThanOrEqual(5);
		for (const file of files) {
			expect(load(file)).toEqual({
				names: [path.basename(file).split('.')[0]],
				display: expect.any(String),
			});
		}
	});

	it('carries an icon, a codex file and the description of each node', () => {
		for (const file of manifest.n8n.nodes) {
			const codex = JSON.parse(
				fs.readFileSync(path.join(installed, file.replace(/\.js$/, '.json')), 'utf8'),
			);
			expect(codex.node).toMatch(/^n8n-nodes-dynamics-gp-procore\./);
			const icons =
				fs.readFileSync(path.join(installed, file), 'utf8').match(/file:([\w./-]+\.svg)/g) ?? [];
			expect(icons.length).toBeGreaterThanOrEqual(2);
			for (const icon of icons) {
				const place = path.join(installed, path.dirname(file), icon.slice('file:'.length));
				expect(fs.existsSync(place)).toBe(true);
			}
		}
	});

	it('carries every template and the licences of the bundled libraries', () => {
		const shipped = (folder: string) =>
			fs.readdirSync(path.join(folder, 'workflows')).filter((name) => name.endsWith('.json'));
		expect(shipped(path.join(installed, 'dist'))).toEqual(shipped(root));
		expect(fs.readFileSync(path.join(installed, 'dist/vendor/LICENSES.md'), 'utf8')).toMatch(
			/big\.js/,
		);
	});

	it('names no folder of the machine that built it, and has a notice of every bundled library', () => {
		const vendor = path.join(installed, 'dist/vendor');
		const notices = fs.readFileSync(path.join(vendor, 'LICENSES.md'), 'utf8');
		const bundles = fs.readdirSync(vendor).filter((name) => name.endsWith('.js'));
		expect(bundles.length).toBeGreaterThanOrEqual(2);
		const machine = [root, fs.realpathSync(path.join(root, 'node_modules')), os.homedir()];
		for (const bundle of bundles) {
			const code = fs.readFileSync(path.join(vendor, bundle), 'utf8');
			for (const folder of machine) expect(code).not.toContain(`${folder.slice(1)}/`);
			const packages = [...code.matchAll(/node_modules\/((?:@[^/"]+\/)?[^/"\s]+)\//g)].map(
				([, name]) => name,
			);
			expect(packages.length).toBeGreaterThan(0);
			for (const name of packages) expect(notices).toContain(`## ${name} `);
			// A prebuilt file would name what it took in; none of ours has taken in any.
			expect(code).not.toMatch(/#region node_modules|\/\/ node_modules\/(?!big\.js|re2js)/);
		}
	});

	it('has the notice of the code that the engine of patterns was ported from', () => {
		const notices = fs.readFileSync(path.join(installed, 'dist/vendor/LICENSES.md'), 'utf8');
		expect(notices).toMatch(/## re2js \d[^]*## re2js, ported code[^]*The Go Authors/);
	});

	it('runs its installer and doctor without n8n or anything else beside it', () => {
		const command = (...args: string[]) =>
			spawnSync(process.execPath, [path.join(installed, manifest.bin[PACKAGE]), ...args], {
				cwd: scratch,
				encoding: 'utf8',
				env: { PATH: process.env.PATH },
				input: '',
			});
		expect(command('--version')).toMatchObject({ status: 0, stdout: `${manifest.version}\n` });
		expect(command('--help').stdout).toMatch(/install .*doctor /s);
		const nobody = command('install', '--url', 'http://127.0.0.1:9', '--api-key', 'canary-key');
		expect(nobody).toMatchObject({ status: 1, stderr: expect.stringMatching(/does not answer/) });
		expect(nobody.stdout + nobody.stderr).not.toContain('canary-key');
		expect(command('doctor')).toMatchObject({
			status: 2,
			stderr: expect.stringMatching(/N8N_URL/),
		});
	});

	it('brings no n8n of its own when npx fetches it', () => {
		expect(manifest.peerDependenciesMeta).toEqual({ 'n8n-workflow': { optional: true } });
	});

	it('carries neither tests nor sandbox nor sources', () => {
		const files = fs.readdirSync(installed, { recursive: true }) as string[];
		expect(files.filter((file) => /(^|\/)(sandbox|test|bench)\/|(?<!\.d)\.ts$/.test(file))).toEqual(
			[],
		);
	});
});
