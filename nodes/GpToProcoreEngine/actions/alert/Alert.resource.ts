import { resource } from '../../../shared/operations';
import * as auditChain from './auditChain.operation';
import * as evaluate from './evaluate.operation';
import * as askTurn from './askTurn.operation';

export const alert = resource('alert', 'evaluate', [auditChain, evaluate, askTurn]);
