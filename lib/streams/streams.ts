/** What one stream of GP is called, wherever it is spoken of, and what becomes of it in Procore. */
interface Stream {
	/** Part of a run, and column of the runs table. */
	part: string;
	/** In nodes, with its article: "a payables invoice". */
	a: string;
	/** In sentences. */
	one: string;
	many: string;
	/** In short, where it is said what was read. */
	short: string;
	/** What people tick on a form. */
	label: string;
	/** As n8n writes what can be chosen in a node. */
	option: string;
	/** In nodes, many of them: "payables invoices". */
	action: string;
	procore: {
		/** *Resource* of the Procore node whose *Sync* takes it. */
		resource: 'vendor' | 'costCode' | 'directCost';
		many: string;
	};
}

/**
 * The streams of GP, in the order in which they must flow: cost waits for code and vendor. A new one
 * begins here; the type checker then names the places that have to know what it is
 * (test/types/new-stream.test.ts), and everything else follows from this.
 */
export const STREAMS = {
	vendor: {
		part: 'vendors',
		a: 'a vendor',
		one: 'vendor',
		many: 'vendors',
		short: 'vendors',
		label: 'Vendors',
		option: 'Vendor',
		action: 'vendors',
		procore: { resource: 'vendor', many: 'vendors' },
	},
	account: {
		part: 'accounts',
		a: 'a GL account',
		one: 'GL account',
		many: 'GL accounts',
		short: 'GL accounts',
		label: 'GL accounts',
		option: 'GL Account',
		action: 'GL accounts',
		procore: { resource: 'costCode', many: 'cost codes' },
	},
	payable: {
		part: 'payables',
		a: 'a payables invoice',
		one: 'payables document',
		many: 'payables documents',
		short: 'payables',
		label: 'Payables invoices',
		option: 'Payables Invoice',
		action: 'payables invoices',
		procore: { resource: 'directCost', many: 'direct costs' },
	},
} as const satisfies Record<string, Stream>;

/** A stream by the GP record it brings: `vendor`, `account`, `payable`. */
export type Entity = keyof typeof STREAMS;

/** A stream as part of a run: `vendors`, `accounts`, `payables`. */
export type RunPart = (typeof STREAMS)[Entity]['part'];

/** In the order in which they must flow. */
export const ENTITIES = Object.keys(STREAMS) as readonly Entity[];

/** The same as parts of a run. */
export const PARTS_IN_ORDER: readonly RunPart[] = ENTITIES.map((entity) => STREAMS[entity].part);

export const PART_OF_ENTITY = byEntity((entity) => STREAMS[entity].part as RunPart);

export const ENTITY_OF_PART = Object.fromEntries(
	ENTITIES.map((entity) => [STREAMS[entity].part, entity]),
) as Readonly<Record<RunPart, Entity>>;

/** Something for each stream, made from its name. */
export function byEntity<Value>(make: (entity: Entity) => Value): Record<Entity, Value> {
	return Object.fromEntries(ENTITIES.map((entity) => [entity, make(entity)])) as Record<
		Entity,
		Value
	>;
}

/** The same for each part of a run. */
export function byPart<Value>(make: (entity: Entity) => Value): Record<RunPart, Value> {
	return Object.fromEntries(
		ENTITIES.map((entity) => [STREAMS[entity].part, make(entity)]),
	) as Record<RunPart, Value>;
}

export const isEntity = (text: string): text is Entity => Object.hasOwn(STREAMS, text);

/** "Payables document" for `payable`: at the beginning of a line. Anything else stays as it is. */
export function entityTitle(entity: string): string {
	if (!isEntity(entity)) return entity;
	const { one } = STREAMS[entity];
	return `${one[0].toUpperCase()}${one.slice(1)}`;
}
