// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private final SplitMix64 random = new SplitMix64(1);
  private final Sequential network =
      Sequential.of(
          Conv2dLayer.of(1, 10, 5).padding(1).build(random),
          MaxPool2d.of(2).build(),
          Sequential.of(new ReLU(), Dropout2d.of(0.5, random)),
          new Flatten(),
          Linear.of(1690, 10).build(random));

  @Test
  void countsWhatTheLayersDo() {
    LayerSummary summary = network.summary(4, 1, 28, 28);
    assertEquals(List.of(4, 10), summary.outputShape());
    assertEquals(10 * 26 + 1691 * 10, summary.parameters());
    assertEquals(4 * (10 * 25 * 26 * 26 + 1690 * 10), summary.multiplyAdds());
    LayerSummary conv = summary.parts().getFirst();
    assertEquals("Conv2dLayer(1, 10, kernel=5x5, padding=1x1)", conv.layer());
    assertEquals(List.of(4, 10, 26, 26), conv.outputShape());
    assertEquals(260, conv.parameters());
    assertEquals(3, conv.algorithms().size());
    assertTrue(conv.algorithms().getFirst().startsWith("forward: "), conv.algorithms().getFirst());
  }

  @Test
  void printsALineForEachLayerAndWhatItsOperatorChose() {
    String[] lines =
        network.summary(4, 1, 28, 28).toString().lines().map(String::strip).toArray(String[]::new);
    assertTrue(lines[0].matches("layer +output +parameters +multiply-adds"), lines[0]);
    assertTrue(lines[1].matches("Sequential +\\[4, 10] +17,170 +743,600"), lines[1]);
    assertTrue(lines[2].startsWith("0 Conv2dLayer(1, 10, kernel=5x5, padding=1x1)"), lines[2]);
    assertTrue(lines[3].startsWith("forward: "), lines[3]);
    assertTrue(List.of(lines).stream().anyMatch(line -> line.startsWith("1 Dropout2d(p=0.5)")));
  }

  /** A layer that knows no better is applied to zeros. */
  @Test
  void asksALayerThatIsNotOfThisLibrary() {
    Layer doubling =
        new Layer() {
          @Override
          public Tensor forward(Tensor input) {
            return Tensor.zeros(2 * input.size(0));
          }

          @Override
          public Tensor backward(Tensor gradOutput) {
            return gradOutput;
          }
        };
    assertEquals(List.of(6), doubling.summary(3).outputShape());
  }

  /** It draws nothing and moves no running mean. */
  @Test
  void leavesTheStateAsItIs() {
    SplitMix64 draws = new SplitMix64(3);
    Dropout dropout = Dropout.of(0.5, draws);
    BatchNorm2d norm = BatchNorm2d.of(2).build();
    Tensor ones = Tensor.of(new float[] {1, 1, 1, 1, 1, 1, 1, 1}, 1, 2, 2, 2);
    Dropout same = Dropout.of(0.5, new SplitMix64(3));
    Sequential.of(dropout, norm).summary(1, 2, 2, 2);
    assertArrayEquals(same.forward(ones).data(), dropout.forward(ones).data());
    assertArrayEquals(new float[] {1, 1}, norm.runningVariance().data());
  }
}
