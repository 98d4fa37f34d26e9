// The actions of a plugin, with what they take.
import { html, nothing } from 'lit';

export function actionItem(plugin, action) {
  return html`<li>
    <div>
      <code>${action.name}(${signatureInWords(action.parameters ?? [])})</code>
      ${action.description ? html`<span class="sub doc">${action.description}</span>` : nothing}
    </div>
    <a class="btn btn-sm" href="/ui/new?plugin=${encodeURIComponent(plugin.name)}&action=${encodeURIComponent(action.name)}"
      aria-label="New task with ${plugin.name}.${action.name}">New task</a>
  </li>`;
}

/** As it is written in Python: a lone star goes before what can only be given by name. */
export function signatureInWords(parameters) {
  const words = [];
  parameters.forEach((parameter, at) => {
    const byName = parameter.kind === 'keyword' && !parameter.name.startsWith('*');
    const before = parameters.slice(0, at);
    const isFirst = !before.some(({ kind, name }) => kind === 'keyword' || name.startsWith('*'));
    if (byName && isFirst) words.push('*');
    words.push(parameterInWords(parameter));
  });
  return words.join(', ');
}

function parameterInWords({ name, type, default: preset, required }) {
  const typed = type ? `${name}: ${type}` : name;
  return required || preset === undefined || name.startsWith('*') ? typed : `${typed} = ${JSON.stringify(preset)}`;
}
