import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './import-graph';

const { engine, property } = require('../suites.js') as Record<string, string[]>;
const everything = require('../../jest.config.js') as { testPathIgnorePatterns: string[] };
const unit = require('../jest.unit.config.js') as { testPathIgnorePatterns: string[] };
const apart = {
	engine: require('../harness/jest.config.js'),
	property: require('../property/jest.config.js'),
};

test('every place kept out of the quick tests is there, and has a command that runs it', () => {
	const places = [...engine, ...property];
	expect(places.filter((place) => !existsSync(path.join(root, place)))).toEqual([]);
	expect(new Set(places).size).toBe(places.length);
	expect(unit.testPathIgnorePatterns).toEqual([
		...everything.testPathIgnorePatterns,
		...places.map((place) => `<rootDir>/${place}`),
	]);
	expect([...apart.engine.testMatch, ...apart.property.testMatch]).toEqual(
		places.map((place) => `<rootDir>/${place}${place.endsWith('/') ? '**/*.test.ts' : ''}`),
	);
});
