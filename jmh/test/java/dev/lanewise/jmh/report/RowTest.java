// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowTest {
  @Test
  void bestPeerOfALayerTakesNchw() {
    Row row =
        Samples.row(
            Samples.LAYER, "lanewise", 0.8, "naive", 0.95, "onednn", 0.9, "torch", 0.5, "ort", 0.6);
    assertEquals(Optional.of("ort"), row.bestPeer());
    assertEquals(1.6, row.ratio("lanewise", "torch"));
  }

  @Test
  void bestPeerOfAProductMayBeOneDnn() {
    assertEquals(
        Optional.of("onednn"),
        Samples.row(Samples.PRODUCT, "lanewise", 0.8, "onednn", 0.9, "torch", 0.5).bestPeer());
  }

  @Test
  void hasNoBestPeerWithoutPeers() {
    Row row = Samples.row(Samples.LAYER, "lanewise", 0.8, "naive", 0.1);
    assertEquals(Optional.empty(), row.bestPeer());
    assertEquals(Double.NaN, row.ratio("lanewise", "torch"));
  }
}
