import type { Node } from '../../../shared/contracts/workflow.ts';
import { shortly } from './words.ts';

/** Lines of a mermaid flowchart under construction. */
interface Drawn {
  readonly lines: readonly string[];
  /** Where arrows leave: a node's id and what is written on its arrow. */
  readonly exits: readonly (readonly [string, string])[];
}

const label = (text: string): string => `"${text.replaceAll('"', '#quot;')}"`;

const arrows = (exits: Drawn['exits'], to: string): string[] =>
  exits.map(([from, why]) => (why ? `  ${from} -->|${why}| ${to}` : `  ${from} --> ${to}`));

const drawNode = (node: Node, from: Drawn['exits']): Drawn => {
  if (node.kind === 'step') {
    return {
      lines: [
        `  ${node.name}[${label(`${node.name}<br/>${node.action}<br/>${node.within} s, ${node.onFailure}`)}]`,
        ...arrows(from, node.name),
      ],
      exits: [[node.name, '']],
    };
  }
  if (node.kind === 'repeat') {
    const inside = draw(node.steps, [[node.name, '']]);
    return {
      lines: [
        `  ${node.name}[/${label(`${node.name}<br/>every ${node.every} s, at most ${node.times} times`)}/]`,
        ...arrows(from, node.name),
        ...inside.lines,
        ...arrows(inside.exits, node.name),
      ],
      exits: [[node.name, 'enough']],
    };
  }
  if (node.kind === 'approval') {
    const silence = node.onSilence === 'refuse' ? 'no, or silence' : 'no';
    const then = draw(node.then, [[node.name, 'yes']]);
    const otherwise = draw(node.otherwise, [[node.name, silence]]);
    return {
      lines: [
        `  ${node.name}{{${label(`${node.name}<br/>asks ${[node.ask, ...node.escalateTo].join(', then ')}${node.second ? ` and ${node.second}` : ''}<br/>${node.within} s`)}}}`,
        ...arrows(from, node.name),
        ...then.lines,
        ...otherwise.lines,
      ],
      exits: [...then.exits, ...otherwise.exits],
    };
  }
  const branches = Object.entries(node.branches).map(([branch, nodes]) => draw(nodes, [[node.name, branch]]));
  return {
    lines: [`  ${node.name}((${label(node.name)}))`, ...arrows(from, node.name), ...branches.flatMap(({ lines }) => lines)],
    exits: branches.flatMap(({ exits }) => exits),
  };
};

/** A node under a condition is drawn with a way around it. */
const drawWhen = (node: Node, from: Drawn['exits']): Drawn => {
  if (node.when === undefined) return drawNode(node, from);
  const choice = `${node.name}When`;
  const inside = drawNode(node, [[choice, 'yes']]);
  return {
    lines: [`  ${choice}{${label(shortly(node.when))}}`, ...arrows(from, choice), ...inside.lines],
    exits: [...inside.exits, [choice, 'no']],
  };
};

const draw = (nodes: readonly Node[], from: Drawn['exits']): Drawn =>
  nodes.reduce<Drawn>(
    ({ lines, exits }, node) => {
      const next = drawWhen(node, exits);
      return { lines: [...lines, ...next.lines], exits: next.exits };
    },
    { lines: [], exits: from },
  );

/** A workflow as a mermaid flowchart. */
export const picture = (nodes: readonly Node[]): string => {
  const { lines, exits } = draw(nodes, [['start', '']]);
  return [
    'flowchart TD',
    '  start(["trigger"])',
    ...lines,
    '  finish(["complete, or complete and degraded"])',
    ...arrows(exits, 'finish'),
  ].join('\n');
};
