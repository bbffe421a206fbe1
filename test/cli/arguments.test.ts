import { PassThrough } from 'node:stream';
import { readArguments } from '../../cli/terminal/arguments';
import { ask, type Terminal } from '../../cli/terminal/ask';

test('a flag wins over the environment, and what is missing is blank, to be asked for', () => {
	const environment = { N8N_URL: 'http://env', N8N_API_KEY: 'env-key' };
	expect(
		readArguments(['install', '--url', 'http://flag', '--publish'], environment),
	).toMatchObject({
		command: 'install',
		address: 'http://flag',
		apiKey: 'env-key',
		publish: true,
		dryRun: false,
	});
	expect(readArguments(['doctor', '--json'], {})).toMatchObject({
		command: 'doctor',
		address: '',
		apiKey: '',
		json: true,
	});
	expect(readArguments(['install'], {}).wanted).toEqual([]);
	expect(readArguments(['install', '--sql-source'], {}).wanted).toEqual(['gpp-sql-source']);
	expect(readArguments([], {}).command).toBe('help');
	expect(readArguments(['install', '-h'], {}).command).toBe('help');
});

test.each([
	[['canary-key']],
	[['install', 'canary-key']],
	[['install', '--frob', 'canary-key']],
	[['install', '--api-key.canary-key.0']],
	[['install', '--dry-run=canary-key']],
])('a command line that is not understood (%j) does not repeat what may be the key', (argv) => {
	expect(() => readArguments(argv, {})).toThrow(expect.objectContaining({ code: 'usage' }));
	expect(() => readArguments(argv, {})).not.toThrow(/canary/);
});

describe('asking at a terminal', () => {
	function terminal() {
		const raw: boolean[] = [];
		const input = Object.assign(new PassThrough(), {
			isTTY: true,
			setRawMode: (on: boolean) => raw.push(on),
		});
		const output = new PassThrough();
		let shown = '';
		output.on('data', (chunk) => (shown += String(chunk)));
		return { terminal: { input, output } as unknown as Terminal, input, raw, shown: () => shown };
	}

	test('shows what is typed, and takes back what is erased', async () => {
		const { terminal: place, input, shown } = terminal();
		const answer = ask(place, 'Where? ');
		input.write('hostt\u007f\r');
		expect(await answer).toBe('host');
		expect(shown()).toBe('Where? hostt\b \b\n');
	});

	test('never shows the key, and leaves the terminal as it was', async () => {
		const { terminal: place, input, shown, raw } = terminal();
		const answer = ask(place, 'Key: ', { secret: true });
		input.write('canary-');
		input.write('key\n');
		expect(await answer).toBe('canary-key');
		expect(shown()).toBe('Key: \n');
		expect(raw).toEqual([true, false]);
	});

	test('stops at Ctrl-C', async () => {
		const { terminal: place, input, raw } = terminal();
		const answer = ask(place, 'Key: ', { secret: true });
		input.write('abc\u0003');
		await expect(answer).rejects.toMatchObject({ code: 'usage' });
		expect(raw).toEqual([true, false]);
	});

	test('where nobody can be asked, says how to give it', async () => {
		const { terminal: place, input } = terminal();
		input.isTTY = false;
		await expect(ask(place, 'Key: ')).rejects.toMatchObject({
			remedy: expect.stringContaining('N8N_API_KEY'),
		});
	});
});
