// The editor: CodeMirror in the page's own colours. The build puts addresses in the place of the packages' names.
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, highlightSpecialChars, keymap } from "@codemirror/view";
import { styleTags, tagHighlighter, tags } from "@lezer/highlight";

// What nobody sees, or what makes others stand elsewhere: a link may bring characters that hide what a program does. An
// emoji's own parts are left: one variation selector, and joiners between two.
const HIDDEN = /[\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Cf}\p{Zl}\p{Zp}\u2800]|(?![ \u3000])\p{Zs}/u;
const OF_EMOJI =
  /(?<=\p{Extended_Pictographic}|[0-9#*](?=\ufe0f\u20e3))\ufe0f|(?<=\p{Extended_Pictographic}\ufe0f?|\p{Emoji_Modifier})\u200d(?=\p{Extended_Pictographic})/u;
const MARKED = new RegExp(`(?!${OF_EMOJI.source})(?:${HIDDEN.source})`, "u");

const python = pythonLanguage.configure({ props: [styleTags({ "ExpressionStatement/String": tags.docString })] });
// The classes that the page's code has, so that its colours hold here too.
const highlighter = tagHighlighter([
  { tag: tags.keyword, class: "k" },
  { tag: tags.operatorKeyword, class: "ow" },
  { tag: [tags.bool, tags.null], class: "kc" },
  { tag: tags.comment, class: "c1" },
  { tag: tags.number, class: "mi" },
  { tag: tags.docString, class: "sd" },
  { tag: [tags.string, tags.special(tags.string)], class: "s2" },
  { tag: tags.escape, class: "se" },
  { tag: tags.function(tags.definition(tags.variableName)), class: "nf" },
  { tag: tags.definition(tags.className), class: "nc" },
  { tag: tags.meta, class: "nd" },
]);

/**
 * Puts an editor into `parent`. `changed` hears of the reader's changes, `run` is called by Ctrl+Enter.
 * @param {object} options
 * @param {HTMLElement} options.parent
 * @param {string} options.label for screen readers
 * @param {string} options.description id of an element
 * @param {(text: string) => void} options.changed
 * @param {() => void} options.run
 */
export function editor({ parent, label, description, changed, run }) {
  let ours = false; // a change that is not the reader's
  /** @type {import("@codemirror/view").KeyBinding[]} */
  const commands = [
    {
      key: "Mod-Enter",
      run: () => {
        run();
        return true;
      },
    },
    {
      key: "Escape",
      run: (view) => {
        // From here on Tab moves on, as everywhere else, until the reader types or comes back.
        view.setTabFocusMode(true);
        return true;
      },
    },
    indentWithTab,
  ];
  const extensions = [
    keymap.of([...commands, ...defaultKeymap, ...historyKeymap]),
    history(),
    python,
    indentUnit.of("    "),
    EditorState.tabSize.of(4),
    bracketMatching(),
    highlightSpecialChars({ addSpecialChars: MARKED }),
    syntaxHighlighting(highlighter),
    EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": description, tabindex: "0" }),
    EditorView.domEventHandlers({ focus: (_, view) => view.setTabFocusMode(false) }),
    EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      update.view.setTabFocusMode(false);
      if (!ours) changed(text());
    }),
  ];
  const view = new EditorView({ parent, extensions });
  let wraps = false;
  const text = () => `${view.state.doc}\n`; // the last line's end is not shown as a line
  const shown = (/** @type {string} */ text) => text.replace(/\n$/, "");
  return {
    text,
    /**
     * Another text, with no Undo to what was there before.
     * @param {string} other
     * @param {boolean} foreign whether it is somebody else's: then its lines wrap, so that nothing is out of sight
     */
    start(other, foreign) {
      if (other === text() && foreign === wraps) return;
      wraps = foreign;
      const all = foreign ? [...extensions, EditorView.lineWrapping] : extensions;
      view.setState(EditorState.create({ doc: shown(other), extensions: all }));
    },
    /** Another text; Undo takes this back, and nothing more. */
    replace(/** @type {string} */ other) {
      ours = true;
      const changes = { from: 0, to: view.state.doc.length, insert: shown(other) };
      view.dispatch({ changes, annotations: isolateHistory.of("full") });
      ours = false;
    },
    focus: () => view.focus(),
  };
}
