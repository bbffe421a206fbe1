import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { TABLES } from '../../lib/tables/tables';

const root = path.resolve(__dirname, '../..');
const page = readFileSync(path.join(root, 'docs/when-something-fails.md'), 'utf8');
const anchors = [...page.matchAll(/<a id="([^"]+)"><\/a>`([^`]+)`/g)];

/** How codes of ours look; Node.js and the servers have others, which are translated before anybody sees them. */
const OURS = /^(GP_[A-Z_]+|[a-z][a-z0-9]*(-[a-z0-9]+)+|locked|payment|retainage|withdrawn)$/;

/** Every text that is given as the code of a reason or an error anywhere in lib. */
function codesInSource(): Map<string, string> {
	const codes = new Map<string, string>();
	const files = readdirSync(path.join(root, 'lib'), { recursive: true }) as string[];
	// The page has notices of its own, and nothing it says is a reason.
	for (const file of files.filter((name) => name.endsWith('.ts') && !name.startsWith('report'))) {
		const source = readFileSync(path.join(root, 'lib', file), 'utf8');
		const given = [
			...source.matchAll(/\bcode(?:\??:| =)\s*([^;\n]*)/g),
			...source.matchAll(/export const (?:GONE_IN_GP|WRITES_ENDED|LEASE_LOST|RECORDED_LATER) = ([^;]*)/g),
		];
		for (const [, text] of given) {
			for (const [, code] of text!.matchAll(/'([A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*)'/g)) {
				if (OURS.test(code!)) codes.set(code!, file);
			}
		}
	}
	return codes;
}

const codes = codesInSource();

test('the codes are found', () => {
	expect(codes.size).toBeGreaterThan(130);
	for (const known of ['job-without-project', 'GP_TIMEOUT', 'procore-conflict', 'gone-in-gp'])
		expect([...codes.keys()]).toContain(known);
});

test('each code is explained under an anchor of its name', () => {
	const explained = new Set(anchors.map(([, anchor]) => anchor!));
	const missing = [...codes].filter(([code]) => !explained.has(code));
	// Add a row to "By code" of docs/when-something-fails.md: what it means, and what a person does.
	expect(missing).toEqual([]);
});

test('no anchor is of a code that is no more, none stands twice, and each says what to do', () => {
	expect(anchors.filter(([, anchor, shown]) => anchor !== shown)).toEqual([]);
	const named = anchors.map(([, anchor]) => anchor!);
	expect(named.filter((anchor) => !codes.has(anchor))).toEqual([]);
	expect(named.filter((anchor, index) => named.indexOf(anchor) !== index)).toEqual([]);
	const rows = page.split('\n').filter((line) => line.startsWith('| <a id='));
	for (const row of rows) {
		const [, , means, act] = row.split(' | ').length === 3 ? ['', ...row.split(' | ')] : [];
		expect({ row, means: (means ?? '').length > 3, act: (act ?? '').length > 3 }).toMatchObject({
			...{ means: true, act: true },
		});
	}
});

/** All that a person may see of this package: nodes, credentials, forms, the page, cells of the tables. */
const seen = ['nodes', 'credentials', 'workflows/source', 'lib']
	.flatMap((folder) =>
		(readdirSync(path.join(root, folder), { recursive: true }) as string[])
			.filter((name) => name.endsWith('.ts'))
			.map((name) => readFileSync(path.join(root, folder, name), 'utf8')),
	)
	.join('\n');

/** Names of windows and services of GP and Windows, as they stand there. */
const OF_OTHERS = [
	'Distribution history',
	'GPService',
	'GP Session Central Service',
	'Service Host',
];

/** Code, section, and what a person does. */
const remedies = page
	.slice(page.indexOf('## By code'))
	.split(/^### /m)
	.slice(1)
	.flatMap((section) =>
		[...section.matchAll(/^\| <a id="([^"]+)">.* \| ([^|]+) \|$/gm)].map(([, code, act]) => ({
			section: section.split('\n')[0]!,
			code: code!,
			act: act!,
		})),
	);

/** Where a person acts when it is neither a cell nor a field: in one of the two systems, or at the server. */
const PLACES =
	/\b(in|of) (GP|Procore)\b|Procore support|Directory|schedule of values|Invoicing tool|Admin|commitment|billing period|division|unlock it there|added there/;

test('what waits says in which cell, field or system it is mended, or that nothing is to do', () => {
	expect(remedies.length).toBe(anchors.length);
	const vague = remedies
		.filter(({ section }) => section.startsWith('Waits'))
		.filter(({ act }) => !/`[^`]+`|\*[^*]+\*|^nothing|^report it/.test(act) && !PLACES.test(act));
	expect(vague).toEqual([]);
});

test('each field and cell that a remedy names is there under that name', () => {
	const named = remedies.flatMap(({ code, act }) =>
		[...act.matchAll(/`([^`]+)`|\*+([^*]+)\*+/g)].map(([, cell, field]) => ({
			code,
			name: (cell ?? field)!,
		})),
	);
	expect(named.length).toBeGreaterThan(50);
	const gone = named.filter(({ name }) => {
		if (OF_OTHERS.includes(name) || name.startsWith('npx ')) return false;
		// "query.pageSize" is pageSize in the profile's query.
		const parts = /^[a-z]+\.\w+$/.test(name) ? name.split('.') : [name];
		return !parts.every((part) =>
			new RegExp(`['">\\s.]${part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}['"<:?\\s,]`).test(seen),
		);
	});
	expect(gone).toEqual([]);
});

/** Every remedy that stands beside a code in lib, without what is filled into it. */
const ofReasons = (readdirSync(path.join(root, 'lib'), { recursive: true }) as string[])
	.filter((name) => name.endsWith('.ts'))
	.flatMap((name) => {
		const text = readFileSync(path.join(root, 'lib', name), 'utf8');
		if (!text.includes('remedy')) return [];
		const found: Array<{ code: string; remedy: string }> = [];
		const visit = (node: ts.Node): void => {
			if (ts.isObjectLiteralExpression(node)) {
				const of = (wanted: string) =>
					node.properties
						.filter(ts.isPropertyAssignment)
						.find((one) => one.name.getText() === wanted)?.initializer;
				const [code, remedy] = [of('code'), of('remedy')];
				// One that hands on another's remedy has none of its own.
				if (code && ts.isStringLiteral(code) && remedy && !remedy.getText().includes('${remedy}')) {
					found.push({ code: code.text, remedy: remedy.getText() });
				}
			}
			ts.forEachChild(node, visit);
		};
		visit(ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true));
		return found;
	});

/** Names that are no words of a sentence. */
const cells = Object.values(TABLES)
	.flatMap(({ columns }) => columns.map(({ name }) => name))
	.filter((name) => name.includes('_'));

test('each reason names a field, a table, a cell or the place in GP or Procore, or that nothing is to do', () => {
	expect(ofReasons.length).toBeGreaterThan(80);
	const names = [
		/Nothing to do|Report this|crosswalk table|site profile|Run it again|tried again|run again/i,
		/"[A-Z][^"]+"|Mapping|GP to Procore|credential/,
		/\b(in|of|on) (a )?(GP|Procore)\b|Procore('s|’s)? (support|Directory)|Invoicing tool/,
		new RegExp(`\\b(${cells.join('|')})\\b|"action"`),
	];
	expect(ofReasons.filter(({ remedy }) => !names.some((one) => one.test(remedy)))).toEqual([]);
});

test('each field that a reason puts in quotes is called so', () => {
	const quoted = ofReasons.flatMap(({ code, remedy }) =>
		[...remedy.matchAll(/(?<=\s)"([A-Z][^"$]+)"/g)].map(([, name]) => ({ code, name: name! })),
	);
	expect(quoted.length).toBeGreaterThan(15);
	const faces = seen.replaceAll(/remedy: [^;]*?['`],?\n/g, '');
	const ofProcore = ['Edit Synced Direct Cost Transactions'];
	expect(
		quoted.filter(
			({ name }) =>
				!ofProcore.includes(name) &&
				!faces.includes(`'${name}'`) &&
				!faces.includes(`name: '${name}'`) &&
				!/^GP to Procore: /.test(name),
		),
	).toEqual([]);
});
