import { resource } from '../../../shared/operations';
import * as answer from './answer.operation';
import * as writeSql from './writeSql.operation';

export const rowSource = resource('rowSource', 'writeSql', [writeSql, answer]);
