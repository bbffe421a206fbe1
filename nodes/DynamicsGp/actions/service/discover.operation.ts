import { toItem } from '../../../shared/item-kinds';
import type { GpOperation } from '../router';

export const execute: GpOperation = async function (connection) {
	return [toItem(await connection.client.discover())];
};
