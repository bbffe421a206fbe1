import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { RESOURCES } from '../../../nodes/Procore/actions/resources';
import { listSearch, loadOptions } from '../../../nodes/Procore/methods';
import { Procore } from '../../../nodes/Procore/Procore.node';

const { properties } = new Procore().description;
const valuesOf = (property: INodeProperties) =>
	(property.options as INodePropertyOptions[]).map(({ value }) => String(value));

const offered = properties
	.filter(({ name }) => name === 'operation')
	.flatMap((property) =>
		(property.displayOptions?.show?.resource as string[]).flatMap((resource) =>
			valuesOf(property).map((operation) => `${resource}: ${operation}`),
		),
	);

test('every operation the node offers is there, and every one there is offered', () => {
	const made = Object.entries(RESOURCES).flatMap(([resource, { operations }]) =>
		Object.keys(operations).map((name) => `${resource}: ${name}`),
	);
	expect([...offered].sort()).toEqual(made.sort());
	const resource = properties.find(({ name }) => name === 'resource')!;
	expect(valuesOf(resource).sort()).toEqual(Object.keys(RESOURCES).sort());
});

/** A property with all inside it. */
function within(property: INodeProperties): INodeProperties[] {
	const inside = (property.options ?? []).flatMap((option) => {
		if ('values' in option) return (option as INodePropertyCollection).values;
		return 'type' in option ? [option as INodeProperties] : [];
	});
	return [property, ...inside.flatMap(within)];
}
const all = properties.flatMap(within);

test('every picker has its method', () => {
	const searches = all.flatMap(({ modes }) =>
		(modes ?? []).flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []),
	);
	expect(searches.length).toBeGreaterThan(20);
	for (const method of searches) expect(Object.keys(listSearch)).toContain(method);
	const loads = all.flatMap(({ typeOptions }) => typeOptions?.loadOptionsMethod ?? []);
	for (const method of loads) expect(Object.keys(loadOptions)).toContain(method);
});

test('every field says in words what it is for', () => {
	const silent = all.filter(
		({ type, description, name }) =>
			type !== 'notice' &&
			!description &&
			!['resource', 'operation', 'additionalFields', 'filters', 'options'].includes(name) &&
			!(name === 'name' || name === 'value'),
	);
	expect(silent.map(({ displayName }) => displayName)).toEqual([]);
});

test('no operation shows two fields of one name at once', () => {
	for (const one of offered) {
		const [resource, operation] = one.split(': ');
		const shown = properties.filter(({ displayOptions: { show } = {}, name }) => {
			if (name === 'operation') return false;
			const fits = (key: string, value: string) =>
				!show?.[key] || (show[key] as unknown[]).includes(value);
			return fits('resource', resource) && fits('operation', operation);
		});
		const twice = shown
			.filter(({ displayOptions: { show } = {} }) =>
				Object.keys(show ?? {}).every((key) => ['resource', 'operation'].includes(key)),
			)
			.map(({ name }) => name);
		expect({ one, twice: twice.filter((name, at) => twice.indexOf(name) !== at) }).toEqual({
			one,
			twice: [],
		});
	}
});
