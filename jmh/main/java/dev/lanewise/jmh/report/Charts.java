// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.report;

import dev.lanewise.jmh.contenders.Contenders;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** What the pictures share: a white ground, a logarithmic scale of rates, colours to tell apart. */
final class Charts {
  /** Okabe and Ito's palette, which the colour-blind can tell apart, and black. */
  private static final Color[] PALETTE = {
    new Color(0x0072B2),
    new Color(0xD55E00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0xE69F00),
    new Color(0x56B4E9),
    Color.BLACK
  };

  private Charts() {}

  static void style(AxesChartStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setSeriesColors(PALETTE);
    styler.setYAxisLogarithmic(true);
    styler.setYAxisDecimalPattern("0.##");
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setMarkerSize(8);
  }

  static List<Row> rowsOfLanewise(Results results) {
    return results.rows().stream()
        .filter(row -> row.scores().containsKey(Contenders.LANEWISE))
        .toList();
  }
}
