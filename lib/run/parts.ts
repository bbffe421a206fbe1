import type { Entity } from '../model/source';
import type { RunPart } from '../audit/types';

/** Cost waits for code and vendor, so vendors and accounts go first. */
export const PARTS_IN_ORDER: readonly RunPart[] = ['vendors', 'accounts', 'payables'];

export const ENTITY_OF_PART: Readonly<Record<RunPart, Entity>> = {
	vendors: 'vendor',
	accounts: 'account',
	payables: 'payable',
};

export const PART_OF_ENTITY: Readonly<Record<Entity, RunPart>> = {
	vendor: 'vendors',
	account: 'accounts',
	payable: 'payables',
};
