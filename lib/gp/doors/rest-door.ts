import type { Entity } from '../../model/desired';
import { probe } from '../probe';
import type { Normaliser } from '../normalise/normaliser';
import { createEntityReader, type EntityReader } from '../reading/entity-reader';
import type { ReaderServices } from '../reading/reader-services';
import type { GpSite } from '../site';
import type { Door, DoorCapabilities } from './door';

const COMMON = { receipts: false, orders: false, payments: true, applied: false, retainage: true };

const CAPABILITIES: Record<'sba' | 'odata', Omit<DoorCapabilities, 'stamps'>> = {
	sba: {
		...COMMON,
		totals: false,
		lacks: ['purchase orders and receipts', 'which invoice a payment paid, and when'],
	},
	odata: {
		...COMMON,
		totals: true,
		lacks: [
			'which invoice a payment paid, and when',
			'purchase orders and receipts, unless their tables are published and read by a workflow of your own',
			'vendor names on documents',
		],
	},
};

/** SBA or OData, which both answer a GET with rows, behind the interface of all doors. */
export function createRestDoor(
	services: ReaderServices,
	site: GpSite,
	normaliserOf: (entity: Entity) => Normaliser,
): Door {
	const name = services.profile.name === 'odata' ? 'odata' : 'sba';
	const readers = new Map<Entity, EntityReader>();
	const stream = (entity: Entity): EntityReader => {
		let reader = readers.get(entity);
		if (!reader)
			readers.set(entity, (reader = createEntityReader(services, entity, normaliserOf(entity))));
		return reader;
	};
	const stamps = Object.values(services.profile.entities).every(
		({ stampField }) => stampField !== null,
	);
	return {
		name,
		capabilities: { ...CAPABILITIES[name], stamps },
		stream,
		knows: () => true,
		probe: async () => await probe(services, site, stream('vendor')),
		purchasing: null,
		applied: null,
	};
}
