import type { CatalogueTable } from '@homelab/plugin-timescale-explorer-common';
import { PostgreSQL, sql } from '@codemirror/lang-sql';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { Prec } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Palette } from '@mui/material/styles';
import { basicSetup } from 'codemirror';

/** An editor in a page. */
export interface Editor {
  /** Replaces the text if it is another one. */
  show(value: string): void;
  destroy(): void;
}

/** Makes an editor that completes keywords, tables and columns. */
export function createEditor(options: {
  parent: HTMLElement;
  value: string;
  tables: readonly CatalogueTable[];
  palette: Palette;
  onChange(value: string): void;
  onRun(): void;
}): Editor {
  const { parent, value, tables, palette, onChange, onRun } = options;
  const schema: Record<string, Record<string, string[]>> = {};
  for (const table of tables)
    schema[table.schema] = {
      ...schema[table.schema],
      [table.name]: table.columns.map(({ name }) => name),
    };
  const view = new EditorView({
    parent,
    doc: value,
    extensions: [
      basicSetup,
      sql({
        dialect: PostgreSQL,
        schema,
        defaultSchema: 'public',
        upperCaseKeywords: true,
      }),
      EditorView.lineWrapping,
      syntaxHighlighting(coloursOf(palette)),
      EditorView.theme(
        {
          '.cm-gutters': {
            background: 'transparent',
            color: palette.text.secondary,
            border: 0,
          },
          '.cm-activeLine, .cm-activeLineGutter': {
            background: palette.action.hover,
          },
        },
        { dark: palette.mode === 'dark' },
      ),
      EditorView.contentAttributes.of({ 'aria-label': 'SQL' }),
      // Before the line break that the editor makes of it.
      Prec.highest(
        keymap.of([
          {
            key: 'Mod-Enter',
            run: () => {
              onRun();
              return true;
            },
          },
        ]),
      ),
      EditorView.updateListener.of(update => {
        if (update.docChanged) onChange(update.state.doc.toString());
      }),
    ],
  });
  return {
    show(text) {
      const { doc } = view.state;
      if (doc.toString() === text) return;
      view.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
    },
    destroy: () => view.destroy(),
  };
}

/** Colours of the theme, which are told apart on its background. */
function coloursOf(palette: Palette): HighlightStyle {
  return HighlightStyle.define([
    { tag: tags.keyword, color: palette.primary.main },
    {
      tag: [tags.string, tags.special(tags.string)],
      color: palette.success.main,
    },
    { tag: [tags.number, tags.bool, tags.null], color: palette.warning.main },
    { tag: tags.comment, color: palette.text.secondary },
    {
      tag: [tags.typeName, tags.name, tags.standard(tags.name)],
      color: palette.text.primary,
    },
  ]);
}
