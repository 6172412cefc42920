// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import dev.lanewise.conv.Padding;
import dev.lanewise.conv.PaddingMode;
import dev.lanewise.conv.Window;
import java.util.List;
import java.util.Locale;

/**
 * What a layer's description takes over from its operator: of the window the kernel and what is not
 * as it is by default, of the plan the algorithms.
 */
final class OperatorText {
  private OperatorText() {}

  static String of(Window window, int groups) {
    StringBuilder text = new StringBuilder();
    text.append("kernel=").append(window.kernelHeight()).append('x').append(window.kernelWidth());
    addPair(text, "stride", window.strideHeight(), window.strideWidth(), 1);
    addPadding(text, window.padding());
    addPair(text, "dilation", window.dilationHeight(), window.dilationWidth(), 1);
    if (groups != 1) {
      text.append(", groups=").append(groups);
    }
    return text.toString();
  }

  /** Of what a plan says of itself, the lines on its passes. */
  static List<String> algorithms(String explanation) {
    return explanation
        .lines()
        .filter(line -> line.startsWith("forward") || line.startsWith("backward"))
        .toList();
  }

  static void addPair(StringBuilder text, String name, int height, int width, int usual) {
    if (height != usual || width != usual) {
      text.append(", ").append(name).append('=').append(height).append('x').append(width);
    }
  }

  private static void addPadding(StringBuilder text, Padding padding) {
    if (padding.rule() != Padding.Rule.EXPLICIT) {
      text.append(", padding=").append(padding.rule().name().toLowerCase(Locale.ROOT));
    } else if (padding.top() == padding.bottom() && padding.left() == padding.right()) {
      addPair(text, "padding", padding.top(), padding.left(), 0);
    } else {
      text.append(
          ", padding=%d,%d,%d,%d"
              .formatted(padding.top(), padding.left(), padding.bottom(), padding.right()));
    }
    if (padding.mode() != PaddingMode.CONSTANT) {
      text.append(" of mode ").append(padding.mode().name().toLowerCase(Locale.ROOT));
    } else if (padding.value() != 0) {
      text.append(" of ").append(padding.value());
    }
  }
}
