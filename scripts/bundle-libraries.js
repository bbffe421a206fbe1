const fs = require('node:fs');
const path = require('node:path');
const { build } = require('esbuild');

/** Pure libraries that travel inside the package, because a verified n8n package has no dependencies. */
const BUNDLED = ['big.js', 're2js'];

/** Code that a library holds of others, whose licence is not in its package. */
const PORTED = {
	re2js: `re2js is a JavaScript port of the regular expression engine of Go.

Copyright 2009 The Go Authors. All rights reserved.

Redistribution and use in source and binary forms, with or without
modification, are permitted provided that the following conditions are
met:

   * Redistributions of source code must retain the above copyright
notice, this list of conditions and the following disclaimer.
   * Redistributions in binary form must reproduce the above
copyright notice, this list of conditions and the following disclaimer
in the documentation and/or other materials provided with the
distribution.
   * Neither the name of Google LLC nor the names of its
contributors may be used to endorse or promote products derived from
this software without specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS
"AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT
LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR
A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT
OWNER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL,
SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT
LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE,
DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY
THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT
(INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.`,
};

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
	for (const name of needed) {
		await bundleOne(name, folder, notices);
		if (PORTED[name]) notices.set(`${name}, ported code`, PORTED[name]);
	}
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
