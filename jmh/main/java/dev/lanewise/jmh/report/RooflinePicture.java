// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.report;

import dev.lanewise.jmh.contenders.Contenders;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Lanewise's rate at every task under the roofline (Williams, Waterman and Patterson, 2009): over
 * its arithmetic intensity, which counts every operand as moved once, the rate is bounded by
 * bandwidth × intensity and by the fastest multiply-adds. Operands that stay in a cache may pass
 * the slope, whose bandwidth is that of memory.
 */
public final class RooflinePicture {
  private static final int WIDTH = 1400;
  private static final int HEIGHT = 900;

  private RooflinePicture() {}

  /** Writes a PNG. */
  public static void write(Results results, Path file) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(
                "Lanewise under the roofline, %d thread%s"
                    .formatted(results.threads(), results.threads() == 1 ? "" : "s"))
            .xAxisTitle("floating-point operations per byte of the operands")
            .yAxisTitle("GFLOP/s")
            .build();
    Charts.style(chart.getStyler());
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Vertical);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideSE);
    List<Row> rows = Charts.rowsOfLanewise(results);
    addRoof(chart, results, rows);
    Map<String, List<Row>> groups =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.task().operator() + " " + row.task().pass(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    groups.forEach(
        (group, members) ->
            chart.addSeries(
                group,
                members.stream().mapToDouble(RooflinePicture::intensity).toArray(),
                members.stream()
                    .mapToDouble(row -> row.share(Contenders.LANEWISE) * results.ceiling())
                    .toArray()));
    BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
  }

  private static void addRoof(XYChart chart, Results results, List<Row> rows) {
    double ridge = results.ceiling() / results.bandwidth();
    double left =
        Math.min(ridge, rows.stream().mapToDouble(RooflinePicture::intensity).min().orElse(ridge))
            / 1.5;
    double right =
        Math.max(ridge, rows.stream().mapToDouble(RooflinePicture::intensity).max().orElse(ridge))
            * 1.5;
    XYSeries roof =
        chart.addSeries(
            "%.0f GB/s, %.0f GFLOP/s".formatted(results.bandwidth(), results.ceiling()),
            new double[] {left, ridge, right},
            new double[] {left * results.bandwidth(), results.ceiling(), results.ceiling()});
    roof.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
    roof.setMarker(SeriesMarkers.NONE);
    roof.setLineColor(Color.GRAY);
  }

  private static double intensity(Row row) {
    return 2.0 * row.task().multiplyAdds() / (Float.BYTES * (double) row.task().elements());
  }
}
