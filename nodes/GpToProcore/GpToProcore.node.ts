import { VersionedNodeType } from 'n8n-workflow';
import type { INodeTypeBaseDescription } from 'n8n-workflow';

import { GpToProcoreV1 } from './v1/gp-to-procore-v1';
import { GpToProcoreV2 } from './v2/gp-to-procore-v2';

/**
 * Decides how GP records should stand in Procore. Up to release 0.3.0 it also kept the books of a sync
 * run; its version 1 still does for workflows of that time, by the operations of GP to Procore Engine.
 */
export class GpToProcore extends VersionedNodeType {
	constructor() {
		const base: INodeTypeBaseDescription = {
			displayName: 'GP to Procore',
			name: 'gpToProcore',
			icon: { light: 'file:gpToProcore.svg', dark: 'file:gpToProcore.dark.svg' },
			group: ['transform'],
			description: 'Map Dynamics GP records to Procore, suggest crosswalks, compare the books',
			defaultVersion: 2,
		};
		super({ 1: new GpToProcoreV1(base), 2: new GpToProcoreV2(base) }, base);
	}
}
