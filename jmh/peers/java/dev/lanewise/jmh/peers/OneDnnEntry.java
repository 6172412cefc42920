// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.peers;

import dev.lanewise.jmh.contenders.Entry;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;

/** A primitive with its operands. */
final class OneDnnEntry implements Entry {
  private final primitive primitive;
  private final boolean plain;
  private final stream queue;
  private final IntMemoryMap arguments = new IntMemoryMap();
  private final List<OneDnnOperand> reordered = new ArrayList<>();
  private OneDnnOperand result;

  /**
   * @param plain whether operands are reordered in every call
   */
  OneDnnEntry(engine cpu, primitive primitive, boolean plain) {
    this.primitive = primitive;
    this.plain = plain;
    this.queue = new stream(cpu);
  }

  /** An operand that changes from call to call. */
  OneDnnEntry reordered(int argument, OneDnnOperand operand) {
    reordered.add(operand);
    return packed(argument, operand);
  }

  /** An operand that is reordered here and now. */
  OneDnnEntry packed(int argument, OneDnnOperand operand) {
    operand.reorderToChosen(queue);
    return add(argument, operand);
  }

  OneDnnEntry result(int argument, OneDnnOperand operand) {
    result = operand;
    return add(argument, operand);
  }

  private OneDnnEntry add(int argument, OneDnnOperand operand) {
    arguments.put(argument, operand.chosen());
    return this;
  }

  @Override
  public void run() {
    if (plain) {
      for (OneDnnOperand operand : reordered) {
        operand.reorderToChosen(queue);
      }
    }
    primitive.execute(queue, arguments);
    if (plain) {
      result.reorderToPlain(queue);
    }
    queue._wait();
  }

  @Override
  public float[] result() {
    result.reorderToPlain(queue);
    queue._wait();
    return result.plainValues();
  }
}
