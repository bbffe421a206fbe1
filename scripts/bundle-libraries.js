const fs = require('node:fs');
const path = require('node:path');
const { build } = require('esbuild');

/** Pure libraries that travel inside the package, because a verified n8n package has no dependencies. */
const BUNDLED = ['big.js', 'fast-xml-parser', 're2js'];

/** Modules n8n itself provides to community nodes, and the parts of Node the package uses. */
const PROVIDED = /^(n8n-workflow|luxon|lodash(\/.*)?|zod|p-limit|node:.*)$/;

const REQUIRE = /\brequire\(["']([^"'.][^"']*)["']\)/g;

/**
 * Bundles each library the compiled code needs into `vendor/<library>.js` of `folder`, once, so
 * that our own files stay readable and share one copy, and points the requires there.
 *
 * @throws Error when a compiled file requires something that neither is bundled nor comes with n8n
 */
async function bundleLibraries(folder) {
	const needed = new Set();
	for (const file of javascriptFiles(folder)) {
		const code = fs.readFileSync(file, 'utf8');
		const pointed = code.replace(REQUIRE, (call, name) => {
			if (PROVIDED.test(name)) return call;
			if (!BUNDLED.includes(name)) {
				throw new Error(
					`${path.relative(folder, file)} requires ${name}, which n8n does not provide and the build does not bundle.`,
				);
			}
			needed.add(name);
			const target = path.relative(path.dirname(file), path.join(folder, 'vendor', fileName(name)));
			return `require("${target
				.split(path.sep)
				.join('/')
				.replace(/^(?!\.)/, './')}")`;
		});
		if (pointed !== code) fs.writeFileSync(file, pointed);
	}
	const notices = new Map();
	for (const name of needed) await bundleOne(name, folder, notices);
	if (notices.size > 0) {
		const text = [...notices].sort().map(([name, licence]) => `## ${name}\n\n${licence.trim()}\n`);
		fs.writeFileSync(path.join(folder, 'vendor', 'LICENSES.md'), text.join('\n'));
	}
}

async function bundleOne(name, folder, notices) {
	const root = path.resolve(__dirname, '..');
	const { metafile } = await build({
		stdin: { contents: `module.exports = require(${JSON.stringify(name)});`, resolveDir: root },
		outfile: path.join(folder, 'vendor', fileName(name)),
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		metafile: true,
		legalComments: 'inline',
		absWorkingDir: root,
		// esbuild writes each file's path into the bundle: the short one, not where a link leads.
		preserveSymlinks: true,
	});
	for (const input of Object.keys(metafile.inputs))
		collectNotice(path.resolve(root, input), notices);
}

/** The licence of the package a bundled file belongs to: its terms ask that the notice travels along. */
function collectNotice(file, notices) {
	let place = path.dirname(file);
	while (!/node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+$/.test(place)) {
		const parent = path.dirname(place);
		if (parent === place) return;
		place = parent;
	}
	const { name, version, license } = JSON.parse(
		fs.readFileSync(path.join(place, 'package.json'), 'utf8'),
	);
	const licence = fs.readdirSync(place).find((entry) => /^licen[cs]e/i.test(entry));
	notices.set(
		`${name} ${version}`,
		licence ? fs.readFileSync(path.join(place, licence), 'utf8') : license,
	);
}

function fileName(name) {
	return `${name.replace(/\.js$/, '')}.js`;
}

function javascriptFiles(folder) {
	return fs
		.readdirSync(folder, { recursive: true })
		.map((entry) => path.join(folder, entry))
		.filter((file) => file.endsWith('.js') && !file.includes(`${path.sep}vendor${path.sep}`));
}

module.exports = { bundleLibraries };
