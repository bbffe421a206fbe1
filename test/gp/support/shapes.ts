import type { GpSite } from '../../../lib/gp/site';
import type { SwitchChange } from '../../../sandbox/gp/server/switches';

/** The switches a site may stand in, each value with each other. */
export const AXES = {
	dialect: ['none', 'odata', 'simple'],
	envelope: ['bare', 'payload', 'nested', 'xml'],
	authMode: ['perConnection', 'perRequest', 'negotiateOnly', 'basic', 'bearer'],
	stampMode: ['dateOnly', 'utcDateTime', 'absent'],
	listDetail: ['full', 'summary'],
} as const;

export type AuthMode = (typeof AXES)['authMode'][number];
export type Position = { [Axis in keyof typeof AXES]: (typeof AXES)[Axis][number] };

export interface Shape {
	name: string;
	authMode: AuthMode;
	switches: SwitchChange;
	profile?: GpSite['profile'];
	profileName?: 'sba' | 'odata';
}

export function allPositions(): Position[] {
	return Object.entries(AXES).reduce<Array<Record<string, string>>>(
		(rows, [axis, values]) =>
			rows.flatMap((row) => values.map((value) => ({ ...row, [axis]: value }))),
		[{}],
	) as unknown as Position[];
}

/** Pairs of values of two switches that a position shows, as text. */
export function pairsOf(position: Position): string[] {
	const values = Object.entries(position).map(([axis, value]) => `${axis}=${value}`);
	return values.flatMap((left, at) => values.slice(at + 1).map((right) => `${left} ${right}`));
}

/**
 * Few positions in which every pair of values stands at least once: most faults need no more than
 * two switches to meet. Always the one that shows most new pairs, the first of equals, so that each
 * run takes the same.
 */
export function everyPairOnce(positions: Position[]): Position[] {
	const missing = new Set(positions.flatMap(pairsOf));
	const taken: Position[] = [];
	while (missing.size > 0) {
		const gain = (position: Position) =>
			pairsOf(position).filter((pair) => missing.has(pair)).length;
		const best = positions.reduce((left, right) => (gain(right) > gain(left) ? right : left));
		for (const pair of pairsOf(best)) missing.delete(pair);
		taken.push(best);
	}
	return taken;
}

/** The shipped profile, and only what a site's administrator would have to say overridden. */
export function shapeAt(position: Position): Shape {
	const { authMode, ...switches } = position;
	return {
		name: Object.values(position).join(' · '),
		authMode,
		switches: { ...switches, maxPageSize: 20 },
		profile: {
			query:
				position.dialect === 'simple' ? { dialect: 'parameters', pageSize: 15 } : { pageSize: 15 },
		},
	};
}

type OddShape = Omit<Shape, 'authMode'>;

const ODD_SBA_SHAPES: OddShape[] = [
	{
		name: 'SBA with flat names, WCF dates and money as objects',
		switches: {
			fieldStyle: 'flat',
			dateFormat: 'wcf',
			moneyFormat: 'object',
			trailingBlanks: false,
		},
	},
	{
		name: 'SBA with money as text, a product segment and voucher first',
		switches: {
			moneyFormat: 'text',
			productSegment: 'required',
			keyOrder: 'voucherType',
			keySeparator: ',',
			listDetail: 'summary',
			stampSuffix: 'Z',
		},
		profile: {
			productSegment: 'Dynamics',
			keySeparator: ',',
			entities: { payable: { keyParts: ['voucher', 'documentType'] } },
		},
	},
	{
		name: 'SBA that answers XML and is asked for it',
		switches: { envelope: 'xml' },
		profile: { format: { kind: 'xml', by: 'accept' } },
	},
	{
		name: 'SBA with the database id in the address',
		switches: { companyKey: 'databaseId' },
		profile: { companySegment: 'id' },
	},
];

const ODATA_SHAPES: OddShape[] = (['v3', 'v4'] as const).flatMap((odataVersion) =>
	AXES.stampMode.map((stampMode): OddShape => {
		const stampField = stampMode === 'dateOnly' ? 'MODIFDT' : null;
		return {
			name: `OData ${odataVersion} · ${stampMode}`,
			switches: { odataVersion, stampMode, maxPageSize: 20 },
			profileName: 'odata',
			profile: {
				query: { dateLiteral: odataVersion === 'v3' ? 'odata3' : 'odata4' },
				...(stampMode === 'utcDateTime'
					? {}
					: {
							entities: {
								vendor: { stampField },
								account: { stampField },
								payable: { stampField },
							},
						}),
			},
		};
	}),
);

/** Further ways a site may differ, each with every login, or with one of them in turn. */
export function oddShapes(withEveryLogin: boolean): Shape[] {
	return [...ODD_SBA_SHAPES, ...ODATA_SHAPES].flatMap((shape, at) =>
		AXES.authMode
			.filter((_mode, mode) => withEveryLogin || mode === at % AXES.authMode.length)
			.map((authMode) => ({ ...shape, authMode, name: `${shape.name} · ${authMode}` })),
	);
}
