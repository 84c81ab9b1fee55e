export const SCREEN_STYLE = `
  :root { color-scheme: light; font-family: system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; }
  * { box-sizing: border-box; margin: 0; }
  body { min-height: 100vh; display: flex; flex-direction: column; padding: 3vmin 4vmin;
    background: #f6f7f9; color: #14181f; }
  header, footer { display: flex; align-items: center; justify-content: space-between; gap: 4vmin; }
  h1 { font-size: 4.4vmin; font-weight: 600; overflow-wrap: anywhere; }
  #clock { flex: none; font-size: 4.4vmin; font-variant-numeric: tabular-nums; }
  main { flex: 1; display: flex; flex-wrap: wrap; align-items: center; justify-content: center;
    gap: 6vmin; padding: 3vmin 0; }
  #code { width: 62vmin; height: 62vmin; border-radius: 2vmin; background: #fff; }
  #counts { min-width: 30vmin; }
  .present { display: block; font-size: 16vmin; font-weight: 700; line-height: 1.1;
    font-variant-numeric: tabular-nums; }
  .soft { display: block; color: #5b6472; font-size: 3.4vmin; line-height: 1.5; }
  #message { font-size: 6vmin; font-weight: 600; text-align: center; }
  footer { justify-content: flex-start; min-height: 16vmin; }
  #app { width: 16vmin; height: 16vmin; flex: none; }
  .over { background: #000; color: #8b8f98; }
  .over .soft { color: #6a6e77; }
  [hidden] { display: none !important; }
`
