// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.gradcheck;

import dev.lanewise.conv.Padding;
import dev.lanewise.conv.PaddingMode;
import dev.lanewise.nn.DoubleConv2dLayer;
import dev.lanewise.nn.DoubleConvTranspose2dLayer;
import dev.lanewise.nn.SplitMix64;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The convolution layers' gradients over random settings. */
class ConvolutionGradientTest {
  /** What may be done to four amounts of zeros. */
  private enum PaddingChoice implements UnaryOperator<Padding> {
    ZEROS,
    HALVES {
      @Override
      public Padding apply(Padding amounts) {
        return amounts.value(0.5);
      }
    },
    REFLECT {
      @Override
      public Padding apply(Padding amounts) {
        return amounts.mode(PaddingMode.REFLECT);
      }
    },
    REPLICATE {
      @Override
      public Padding apply(Padding amounts) {
        return amounts.mode(PaddingMode.REPLICATE);
      }
    },
    CIRCULAR {
      @Override
      public Padding apply(Padding amounts) {
        return amounts.mode(PaddingMode.CIRCULAR);
      }
    },
    SAME {
      @Override
      public Padding apply(Padding amounts) {
        return Padding.same();
      }
    },
    SAME_LOWER_REFLECT {
      @Override
      public Padding apply(Padding amounts) {
        return Padding.sameLower().mode(PaddingMode.REFLECT);
      }
    };

    @Override
    public Padding apply(Padding amounts) {
      return amounts;
    }
  }

  @Property
  void convolution(
      @ForAll("channels") ChannelSetting channels,
      @ForAll("convolutionAxes") AxisSetting height,
      @ForAll("convolutionAxes") AxisSetting width,
      @ForAll PaddingChoice padding,
      @ForAll long seed) {
    var random = new SplitMix64(seed);
    var builder =
        DoubleConv2dLayer.of(
                channels.inChannels(), channels.outChannels(), height.kernel(), width.kernel())
            .stride(height.stride(), width.stride())
            .padding(padding.apply(amounts(height, width)))
            .dilation(height.dilation(), width.dilation())
            .groups(channels.groups());
    var layer = (channels.biased() ? builder : builder.withoutBias()).build(random);
    int[] inputShape = channels.inputShape(height.size(), width.size());
    LayerGradientCheck.require(layer, Numbers.random(random, inputShape), random);
  }

  @Property
  void transposedConvolution(
      @ForAll("channels") ChannelSetting channels,
      @ForAll("transposedAxes") AxisSetting height,
      @ForAll("transposedAxes") AxisSetting width,
      @ForAll long seed) {
    var random = new SplitMix64(seed);
    var builder =
        DoubleConvTranspose2dLayer.of(
                channels.inChannels(), channels.outChannels(), height.kernel(), width.kernel())
            .stride(height.stride(), width.stride())
            .padding(amounts(height, width))
            .outputPadding(height.outputPadding(), width.outputPadding())
            .dilation(height.dilation(), width.dilation())
            .groups(channels.groups());
    var layer = (channels.biased() ? builder : builder.withoutBias()).build(random);
    int[] inputShape = channels.inputShape(height.size(), width.size());
    LayerGradientCheck.require(layer, Numbers.random(random, inputShape), random);
  }

  @Provide
  Arbitrary<ChannelSetting> channels() {
    return ChannelSetting.any();
  }

  @Provide
  Arbitrary<AxisSetting> convolutionAxes() {
    return AxisSetting.forConvolution();
  }

  @Provide
  Arbitrary<AxisSetting> transposedAxes() {
    return AxisSetting.forTransposedConvolution();
  }

  private static Padding amounts(AxisSetting height, AxisSetting width) {
    return Padding.of(height.before(), width.before(), height.after(), width.after());
  }
}
