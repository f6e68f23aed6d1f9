// Draws each <figure class="chart"> from the JSON block inside it; the table below it stays the source.
import { BarChart, HeatmapChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, LineChart, HeatmapChart, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent, CanvasRenderer]);

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

function base(spec, paint) {
  const across = spec.kind === "bars-across";
  const names = { type: "category", data: spec.x, axisTick: { show: false }, axisLine: { lineStyle: { color: paint.hairline } },
    axisLabel: { color: paint.quiet, hideOverlap: !across, ...(across ? { width: 150, overflow: "truncate" } : {}) }, inverse: across };
  const values = { type: "value", splitLine: { lineStyle: { color: paint.hairline } }, axisLabel: { color: paint.quiet }, max: spec.max ?? undefined,
    min: spec.min ?? undefined };
  return {
    animation: !still,
    textStyle: { fontFamily: paint.font, color: paint.ink },
    grid: { left: 8, right: 72, top: 28, bottom: 8, containLabel: true },
    tooltip: { renderMode: "richText", trigger: "axis", backgroundColor: paint.card, borderColor: paint.edge, borderRadius: 6,
      textStyle: { color: paint.ink, fontSize: 13 }, valueFormatter: (value) => `${value ?? "—"}${spec.unit ?? ""}` },
    xAxis: across ? values : names,
    yAxis: across ? names : values,
  };
}

// Lines are named where they end; bars of several series have their names above.
function lines(spec, paint) {
  return spec.series.map((one, index) => {
    const color = paint.colors[index % paint.colors.length];
    const dashed = ["solid", "dashed", "dotted"][index % 3];
    if (spec.kind === "line")
      return { type: "line", name: one.name, data: one.values, color, symbol: ["circle", "rect", "triangle"][index % 3], symbolSize: 6,
        lineStyle: { width: 2, type: dashed }, labelLayout: { moveOverlap: "shiftY" }, endLabel: { show: true, formatter: one.name, color } };
    return { type: "bar", name: one.name, data: one.values, color, barMaxWidth: 22, stack: spec.stacked ? "all" : undefined,
      label: { show: spec.series.length === 1, position: spec.kind === "bars-across" ? "right" : "top", color: paint.ink,
        formatter: ({ value }) => `${value}${spec.unit ?? ""}` } };
  });
}

function heat(spec, paint) {
  const cells = spec.rows.flatMap((row, y) => row.map((value, x) => [x, y, value ?? "-"]));
  return {
    ...base(spec, paint),
    tooltip: { renderMode: "richText", backgroundColor: paint.card, borderColor: paint.edge, textStyle: { color: paint.ink, fontSize: 13 },
      formatter: ({ value }) => `${spec.y[value[1]]} · ${spec.x[value[0]]}\n${value[2]}${spec.unit ?? ""}` },
    grid: { left: 8, right: 8, top: 8, bottom: 8, containLabel: true },
    xAxis: { type: "category", data: spec.x, axisTick: { show: false }, axisLine: { show: false }, axisLabel: { color: paint.quiet } },
    yAxis: { type: "category", data: spec.y, inverse: true, axisTick: { show: false }, axisLine: { show: false }, axisLabel: { color: paint.quiet } },
    visualMap: { show: false, min: spec.min ?? 0, max: spec.max ?? 100, inRange: { color: [paint.wash, paint.colors[0]] } },
    series: [{ type: "heatmap", data: cells, label: { show: true, color: paint.ink, formatter: ({ value }) => `${value[2]}` },
      itemStyle: { borderColor: paint.card, borderWidth: 2 } }],
  };
}

function option(spec) {
  const paint = { ink: token("ink"), quiet: token("quiet"), hairline: token("hairline"), edge: token("edge"), card: token("card"),
    wash: token("blue-wash"), font: token("sans"), colors: [token("blue"), token("chart-2"), token("chart-3"), token("chart-4")] };
  if (spec.kind === "heatmap") return heat({ ...spec }, { ...paint, colors: [token("heat")] });
  const many = spec.series.length > 1 && spec.kind !== "line";
  return { ...base(spec, paint), series: lines(spec, paint), ...(many ? { grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12, textStyle: { color: paint.ink, fontSize: 13 } } } : {}) };
}

const drawn = new Map();
function draw() {
  for (const figure of document.querySelectorAll("figure.chart")) {
    const canvas = figure.querySelector(".canvas");
    const data = figure.querySelector("script[type='application/json']");
    if (!canvas || !data) continue;
    if (!drawn.has(canvas)) {
      canvas.hidden = false;
      drawn.set(canvas, init(canvas, null, { renderer: "canvas" }));
      new ResizeObserver(() => drawn.get(canvas)?.resize()).observe(canvas);
    }
    drawn.get(canvas).setOption(option(JSON.parse(data.textContent)), true);
  }
}
draw();
document.addEventListener("scheme", draw);
document.addEventListener("htmx:afterSettle", draw);
