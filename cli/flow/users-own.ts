import { ENTITIES } from '../../lib/streams/streams';
import type { FlowNode } from './flow';

const PACKAGE = 'n8n-nodes-dynamics-gp-procore';

/** Settings that are there for people to change, so that leaving one at its default is a choice too. */
export function isUsersOwn(node: FlowNode, setting: string): boolean {
	if (!setting.startsWith('parameters.')) return setting === 'disabled';
	if (/\.(scheduleTrigger|slack|microsoftTeams|emailSend)$/.test(node.type)) return true;
	if (node.type === `${PACKAGE}.gpToProcore`) {
		return [...ENTITIES, 'mapping'].includes(String(node.parameters.resource));
	}
	// Site profile, query dialect and the like.
	return node.type.startsWith(PACKAGE) && setting === 'parameters.options';
}
