// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.ConvTranspose2d;
import dev.lanewise.conv.ConvTranspose2dGeometry;
import dev.lanewise.conv.DoubleConv2d;
import dev.lanewise.conv.Fold;
import dev.lanewise.conv.Padding;
import dev.lanewise.conv.PaddingMode;
import dev.lanewise.conv.Unfold;
import dev.lanewise.conv.UnfoldGeometry;
import dev.lanewise.gemm.DoubleGemm;
import dev.lanewise.gemm.Gemm;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sizes that cannot be: refused in PyTorch's words, with the numbers. */
class BadGeometryTest {
  private static final Conv2dGeometry CONV = Conv2dGeometry.input(1, 4, 8, 8).kernel(6, 3, 3);
  private static final ConvTranspose2dGeometry TRANSPOSED =
      ConvTranspose2dGeometry.input(1, 4, 8, 8).kernel(6, 3, 3);
  private static final UnfoldGeometry IMAGE = UnfoldGeometry.image(1, 1, 8, 8).kernel(3, 3);

  /** One more than the largest size. */
  private static final int OVER = (1 << 30) + 1;

  /** Three taps this far apart span more than an int can say. */
  private static final int FAR_APART = 2_000_000_000;

  @ParameterizedTest
  @MethodSource("refusals")
  void isRefusedInTheseWords(String words, Executable mistake) {
    String message = assertThrows(IllegalArgumentException.class, mistake).getMessage();
    assertTrue(message.contains(words), message);
  }

  static Stream<Arguments> refusals() {
    int max = Integer.MAX_VALUE;
    return Stream.of(
        refusal(
            "Calculated padded input size per channel: (1 x 1). Kernel size: (10 x 10)."
                + " Kernel size can't be greater than actual input size",
            () -> Conv2d.of(Conv2dGeometry.input(1, 1, 1).kernel(1, 10, 10)).build()),
        refusal(
            "Calculated padded input size per channel: (4 x 5). Kernel size: (5 x 3).",
            () ->
                DoubleConv2d.of(
                        Conv2dGeometry.input(1, 2, 4)
                            .kernel(1, 3, 2)
                            .dilation(2)
                            .padding(Padding.of(2, 0, 0, 1)))
                    .build()),
        refusal(
            "Kernel size can't be greater than actual input size",
            () -> Unfold.of(UnfoldGeometry.image(1, 2, 2).kernel(3, 3))),
        refusal(
            "Kernel size can't be greater than actual input size",
            () -> Fold.of(UnfoldGeometry.image(1, 2, 2).kernel(3, 3))),
        refusal("kernel size should be greater than zero", () -> CONV.kernel(6, 0, 3)),
        refusal("kernel size should be greater than zero", () -> IMAGE.kernel(3, -1)),
        refusal("non-positive stride is not supported", () -> CONV.stride(0)),
        refusal("non-positive stride is not supported", () -> TRANSPOSED.stride(1, -1)),
        refusal("non-positive stride is not supported", () -> IMAGE.stride(0, 1)),
        refusal("negative padding is not supported", () -> CONV.padding(-1)),
        refusal("negative padding is not supported", () -> Padding.of(0, 0, 0, -1)),
        refusal("dilation should be greater than zero", () -> CONV.dilation(0)),
        refusal("dilation should be greater than zero", () -> TRANSPOSED.dilation(1, 0)),
        refusal("dilation should be greater than zero", () -> IMAGE.dilation(-2)),
        refusal("groups must be a positive integer", () -> Conv2d.of(CONV.groups(0)).build()),
        refusal(
            "groups must be a positive integer",
            () -> ConvTranspose2d.of(TRANSPOSED.groups(-1)).build()),
        refusal("in_channels must be divisible by groups", () -> Conv2d.of(CONV.groups(3)).build()),
        refusal(
            "Given groups=4, expected weight to be divisible by 4 at dimension 0",
            () -> Conv2d.of(CONV.groups(4)).build()),
        refusal(
            "output padding must be smaller than either stride or dilation",
            () -> ConvTranspose2d.of(TRANSPOSED.stride(2).dilation(2).outputPadding(2)).build()),
        refusal(
            "output padding must be smaller than either stride or dilation",
            () -> ConvTranspose2d.of(TRANSPOSED.stride(3, 1).outputPadding(2, 1)).build()),
        refusal("negative output padding is not supported", () -> TRANSPOSED.outputPadding(-1)),
        refusal(
            "requested an output size of (16, 19), but valid sizes range from (17, 17) to (18, 18)"
                + " (for an input of (8, 8))",
            () -> TRANSPOSED.stride(2).outputSize(16, 19)),
        refusal(
            "requested an output size of (17, 16), but valid sizes range from (16, 16) to (16, 16)"
                + " (for an input of (8, 8))",
            () -> TRANSPOSED.stride(2).padding(Padding.same()).outputSize(17, 16)),
        refusal(
            "requested an output size of (16, 15), but valid sizes range from (16, 16) to (16, 16)",
            () -> TRANSPOSED.stride(2).padding(Padding.sameLower()).outputSize(16, 15)),
        refusal(
            "padding='same' works its amounts out, but got (top 0, left 0, bottom 1, right 0)",
            () -> new Padding(Padding.Rule.SAME_UPPER, 0, 0, 1, 0, PaddingMode.CONSTANT, 0)),
        refusal(
            "padding='same' works its amounts out, but got (top 0, left 2, bottom 0, right 0)",
            () -> new Padding(Padding.Rule.SAME_LOWER, 0, 2, 0, 0, PaddingMode.REFLECT, 0)),
        refusal(
            "only constant padding has a value, but got REFLECT padding of 2.0",
            () -> new Padding(Padding.Rule.EXPLICIT, 1, 1, 1, 1, PaddingMode.REFLECT, 2)),
        refusal(
            "only constant padding has a value, but got CIRCULAR padding of NaN",
            () -> new Padding(Padding.Rule.EXPLICIT, 1, 1, 1, 1, PaddingMode.CIRCULAR, Double.NaN)),
        refusal(
            "Output size is too small",
            () ->
                ConvTranspose2d.of(
                        ConvTranspose2dGeometry.input(1, 1, 1).kernel(1, 2, 2).padding(1))
                    .build()),
        refusal(
            "Only \"zeros\" padding mode is supported for ConvTranspose2d",
            () -> TRANSPOSED.padding(Padding.of(1).mode(PaddingMode.REFLECT))),
        refusal(
            "Only \"zeros\" padding mode is supported for ConvTranspose2d",
            () -> TRANSPOSED.padding(Padding.of(1).value(1))),
        refusal(
            "Padding size should be less than the corresponding input dimension",
            () -> Conv2d.of(CONV.padding(Padding.of(8).mode(PaddingMode.REFLECT))).build()),
        refusal(
            "Padding value causes wrapping around more than once",
            () -> Conv2d.of(CONV.padding(Padding.of(9).mode(PaddingMode.CIRCULAR))).build()),
        refusal(
            "Padding height too large", () -> Conv2d.of(CONV.padding(Padding.of(max, 0))).build()),
        refusal(
            "Padding width too large", () -> Conv2d.of(CONV.padding(Padding.of(0, max))).build()),
        refusal(
            "the product of kernel_width and kernel_height overflowed",
            () -> CONV.kernel(6, 1 << 16, 1 << 15)),
        refusal("negative batch is not supported", () -> Conv2dGeometry.input(-1, 1, 1, 1)),
        refusal("inChannels must be at least 1", () -> Conv2dGeometry.input(0, 1, 1)),
        refusal("outChannels must be at least 1", () -> CONV.kernel(0, 1, 1)),
        refusal("inHeight must be at least 1", () -> ConvTranspose2dGeometry.input(1, 0, 1)),
        refusal("width must be at least 1", () -> UnfoldGeometry.image(1, 1, 0)),
        refusal("negative sizes are not supported: m=-1", () -> Gemm.of(-1, 1, 1)),
        refusal("sizes above 1073741824 are not supported", () -> Gemm.of(OVER, 1, 1)),
        refusal("sizes above 1073741824 are not supported", () -> Gemm.of(1, OVER, 1)),
        refusal("sizes above 1073741824 are not supported", () -> DoubleGemm.of(1, 1, OVER)),
        refusal("lda must be at least", () -> Gemm.of(2, 3, 4).lda(3).build()),
        refusal("lda must be at least", () -> Gemm.of(5, 3, 4).transposeA().lda(4).build()),
        refusal("ldb must be at least", () -> Gemm.of(2, 3, 4).ldb(2).build()),
        refusal("ldc must be at least", () -> Gemm.of(2, 3, 4).ldc(2).build()));
  }

  /** Sizes of which some product or sum leaves the range of an int or a long. */
  static Stream<Arguments> overflows() {
    return Stream.of(
        refusal(
            "one channel has 32768 x 32769 elements, more than 2^30",
            () -> Conv2d.of(Conv2dGeometry.input(1, 1 << 15, (1 << 15) + 1)).build()),
        refusal(
            "one channel has 32768 x 32769 elements, more than 2^30",
            () ->
                ConvTranspose2d.of(ConvTranspose2dGeometry.input(1, 1 << 15, (1 << 15) + 1))
                    .build()),
        refusal(
            "one channel has 65536 x 65536 elements, more than 2^30",
            () -> ConvTranspose2d.of(ConvTranspose2dGeometry.input(1, 2, 2).stride(65535)).build()),
        refusal(
            "one channel has 32768 x 32769 elements, more than 2^30",
            () -> Unfold.of(UnfoldGeometry.image(1, 1 << 15, (1 << 15) + 1))),
        refusal(
            "Padding height too large",
            () ->
                ConvTranspose2d.of(
                        ConvTranspose2dGeometry.input(1, 1, 6, 1)
                            .kernel(1, 5, 1)
                            .dilation((1 << 30) + 1)
                            .padding(Padding.same()))
                    .build()),
        refusal(
            "Padding height too large",
            () ->
                ConvTranspose2d.of(TRANSPOSED.dilation(FAR_APART).padding(Padding.same())).build()),
        refusal(
            "Padding height too large",
            () -> Conv2d.of(CONV.dilation(FAR_APART).padding(Padding.sameLower())).build()),
        refusal(
            "Padding height too large",
            () -> Unfold.of(IMAGE.dilation(FAR_APART).padding(Padding.same()))),
        refusal(
            "Kernel size can't be greater than actual input size",
            () -> Conv2d.of(CONV.dilation(FAR_APART)).build()),
        refusal(
            "Kernel size can't be greater than actual input size",
            () -> Conv2d.of(CONV.dilation(FAR_APART).padding(FAR_APART / 2)).build()),
        refusal(
            "one channel has 4000000008 x 4000000008 elements, more than 2^30",
            () -> ConvTranspose2d.of(TRANSPOSED.dilation(FAR_APART)).build()),
        refusal(
            "the product of channels and kernel size overflowed: 70000 channels",
            () -> Conv2d.of(Conv2dGeometry.input(70_000, 200, 200).kernel(1, 200, 200)).build()),
        refusal(
            "the product of channels and kernel size overflowed: 70000 channels",
            () ->
                ConvTranspose2d.of(ConvTranspose2dGeometry.input(1, 1, 1).kernel(70_000, 200, 200))
                    .build()),
        refusal(
            "elements is too large",
            () -> Conv2d.of(Conv2dGeometry.input(1 << 30, 1 << 30, 2, 4)).build()),
        refusal(
            "elements is too large",
            () ->
                ConvTranspose2d.of(ConvTranspose2dGeometry.input(1 << 30, 1 << 30, 2, 4)).build()),
        refusal(
            "elements is too large",
            () ->
                Unfold.of(UnfoldGeometry.image(16, 1 << 20, 1, 1).kernel(32, 32).padding(16399))));
  }

  @ParameterizedTest
  @MethodSource("overflows")
  void isRefusedBeforeItOverflows(String words, Executable mistake) {
    isRefusedInTheseWords(words, mistake);
  }

  private static Arguments refusal(String words, Executable mistake) {
    return arguments(words, mistake);
  }
}
