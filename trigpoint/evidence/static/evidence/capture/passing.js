/* A store that lasts as long as the page is open, for browsers that keep nothing. */

export const TABLES = { people: "person", records: "id", photos: "id", files: "id", sheets: "key" };

export class Passing {
  lasts = false;

  tables = Object.fromEntries(Object.keys(TABLES).map((table) => [table, new Map()]));

  async get(table, key) { return this.tables[table].get(key); }

  async all(table) { return [...this.tables[table].values()]; }

  async keys(table) { return [...this.tables[table].keys()]; }

  async put(table, row) { this.tables[table].set(row[TABLES[table]], row); }

  async putAll(rows) { await Promise.all(Object.entries(rows).map(([table, row]) => this.put(table, row))); }

  async remove(table, key) { this.tables[table].delete(key); }

  async change(table, key, alter) {
    const row = alter(this.tables[table].get(key));
    if (row) { await this.put(table, row); }
    return row;
  }
}
