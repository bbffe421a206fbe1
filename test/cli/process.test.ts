import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { buildSync } from 'esbuild';

const root = path.join(__dirname, '..', '..');
const KEY = 'eyCanary-Key_0123456789.abcdefgh';
let folder = '';
let program = '';

beforeAll(() => {
	fs.mkdirSync(path.join(root, '.build'), { recursive: true });
	folder = fs.mkdtempSync(path.join(root, '.build', 'cli-'));
	program = path.join(folder, 'main.cjs');
	buildSync({
		entryPoints: [path.join(root, 'cli', 'main.ts')],
		bundle: true,
		platform: 'node',
		format: 'cjs',
		outfile: program,
		logLevel: 'error',
	});
}, 60_000);
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** The program as a process of its own; `leave` closes the reading end of its output at once. */
function start(args: string[], { leave = false } = {}) {
	return new Promise<{ code: number | null; signal: string | null; shown: string }>((resolve) => {
		const child = spawn(process.execPath, [program, ...args], {
			env: { PATH: process.env.PATH, N8N_API_KEY: KEY },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let shown = '';
		if (leave) child.stdout.destroy();
		else child.stdout.on('data', (chunk) => (shown += String(chunk)));
		child.stderr.on('data', (chunk) => (shown += String(chunk)));
		child.on('close', (code, signal) => resolve({ code, signal, shown }));
	});
}

async function serve(status: number, body: string) {
	const server = createServer((_request, response) => response.writeHead(status).end(body));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		stop: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

test.each(['help', 'version'])(
	'nobody reads what %s prints, and it ends quietly',
	async (command) => {
		expect(await start([command], { leave: true })).toEqual({ code: 0, signal: null, shown: '' });
	},
);

test('nobody reads what the installer prints, and it says nothing about that', async () => {
	const { url, stop } = await serve(500, '{"message":"no"}');
	const { code, shown } = await start(['install', '--url', url], { leave: true });
	stop();
	expect(code).toBe(1);
	expect(shown).toMatch(/n8n refused/);
	expect(shown).not.toMatch(/EPIPE|^\s+at /m);
});

test.each([
	['nothing listens', 'http://127.0.0.1:1', /n8n does not answer/],
	['a name that does not exist', 'http://n8n.invalid', /n8n does not answer/],
	['no address', 'http://:::', /address of n8n is none/],
])('%s: one sentence and what to do, no stack trace', async (_what, url, words) => {
	const { code, shown } = await start(['doctor', '--url', url]);
	expect(code).toBeGreaterThan(0);
	expect(shown).toMatch(words);
	expect(shown).not.toMatch(/^\s+at |node:internal|Error:/m);
	expect(shown).not.toContain('Canary');
});

test('a server that cuts the connection', async () => {
	const server = createServer((request) => request.socket.destroy());
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { code, shown } = await start([
		'doctor',
		'--url',
		`http://127.0.0.1:${(server.address() as AddressInfo).port}`,
	]);
	server.close();
	expect(code).toBe(1);
	expect(shown).toMatch(/n8n does not answer/);
	expect(shown).not.toMatch(/^\s+at /m);
});
