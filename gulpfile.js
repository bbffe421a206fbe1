const fs = require('node:fs');
const path = require('node:path');
const { spawn } = require('node:child_process');
const { src, dest, series, parallel } = require('gulp');
const { bundleLibraries } = require('./scripts/bundle-libraries.js');

/**
 * The package is put together beside dist and moved there when it is whole, so that nobody who
 * reads dist meanwhile (a running n8n, a test) finds half of it.
 */
const draft = `.build/dist-${process.pid}`;

function compile() {
	const compiler = path.join(
		path.dirname(require.resolve('typescript/package.json')),
		'bin',
		'tsc',
	);
	return spawn(process.execPath, [compiler, '-p', 'tsconfig.json', '--outDir', draft], {
		stdio: 'inherit',
	});
}

function icons() {
	return src('{nodes,credentials}/**/*.{svg,png}', { base: '.', encoding: false }).pipe(
		dest(draft),
	);
}

function codex() {
	return src('nodes/**/*.node.json', { base: '.' }).pipe(dest(draft));
}

function templates() {
	return src(['workflows/*.json', 'workflows/releases/*.json'], { base: '.', allowEmpty: true }).pipe(dest(draft));
}

function scripts() {
	return src('sql/*.sql', { base: '.' }).pipe(dest(draft));
}

async function libraries() {
	await bundleLibraries(draft);
}

async function moveIntoPlace() {
	const old = `.build/old-${process.pid}`;
	if (fs.existsSync('dist')) fs.renameSync('dist', old);
	fs.renameSync(draft, 'dist');
	fs.rmSync(old, { recursive: true, force: true });
}

process.once('exit', () => fs.rmSync(draft, { recursive: true, force: true }));

exports.build = series(compile, parallel(libraries, icons, codex, templates, scripts), moveIntoPlace);
exports.default = exports.build;
