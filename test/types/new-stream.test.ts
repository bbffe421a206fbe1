import path from 'node:path';
import ts from 'typescript';

// Checks all that is shipped: some seconds of a processor, more on a busy machine.
jest.setTimeout(300_000);

const root = path.resolve(__dirname, '../..');
const STREAMS_FILE = path.join(root, 'lib/streams/streams.ts');

/** A stream nobody has: what GP calls receivings, as if it were to become direct costs too. */
const DUMMY = `
	receipt: {
		part: 'receipts',
		a: 'a receipt',
		one: 'receipt',
		many: 'receipts',
		short: 'receipts',
		label: 'Receipts',
		option: 'Receipt',
		action: 'receipts',
		procore: { resource: 'directCost', many: 'direct costs' },
	},
} as const satisfies`;

/** Complaints of the type checker about what is shipped, by file, with one file read as another text. */
function complaints(file: string, change: (text: string) => string): Map<string, string[]> {
	const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
	const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root);
	const sources = [...fileNames, path.join(root, 'workflows/source/build.ts')];
	const compilerOptions = { ...options, noEmit: true, rootDir: root };
	const host = ts.createCompilerHost(compilerOptions);
	const read = host.readFile.bind(host);
	host.readFile = (name) => {
		const text = read(name);
		return path.resolve(name) === file && text !== undefined ? change(text) : text;
	};
	const program = ts.createProgram(sources, compilerOptions, host);
	const found = new Map<string, string[]>();
	for (const one of ts.getPreEmitDiagnostics(program)) {
		const name = path.relative(root, one.file?.fileName ?? '?');
		const text = ts.flattenDiagnosticMessageText(one.messageText, ' ');
		found.set(name, [...(found.get(name) ?? []), text]);
	}
	return found;
}

test('a new stream is missed in at most six files, and each says so', () => {
	const found = complaints(STREAMS_FILE, (text) => {
		expect(text).toContain('} as const satisfies');
		return text.replace('} as const satisfies', DUMMY.trimStart());
	});
	expect([...found.keys()].sort()).toEqual([
		'lib/gp/profiles/field-maps.ts',
		'lib/gp/profiles/shipped-profiles.ts',
		'lib/gp/streams.ts',
		'lib/mapping/map-records.ts',
		'lib/model/gp-records.ts',
		'nodes/GpToProcore/actions/map/map.resource.ts',
	]);
	for (const [file, texts] of found)
		expect([file, texts.join('\n')]).toEqual([
			file,
			expect.stringMatching(/receipt|SiteProfile|RecordOf/),
		]);
});
