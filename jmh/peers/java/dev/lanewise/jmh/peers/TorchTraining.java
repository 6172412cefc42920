// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.peers;

import dev.lanewise.jmh.seeds.SeedNetwork;
import dev.lanewise.jmh.seeds.StepData;
import dev.lanewise.jmh.seeds.Training;
import dev.lanewise.nn.Parameter;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Trains one of the seeds' networks by PyTorch: its functions, its autograd, its Adam. */
final class TorchTraining implements Training {
  private static final long[] NONE = {0, 0};
  private static final long[] ONE = {1, 1};
  private static final long[] TWO = {2, 2};

  private final SeedNetwork kind;
  private final double dropout;
  private final List<Tensor> parameters = new ArrayList<>();
  private final Optimizer optimizer;

  /** What the last step was made of, kept as tensors while it stays the same. */
  private StepData lastData;

  private Tensor pictures;
  private Tensor targets;
  private Tensor labels;

  /** Starts from the parameters that another network has. */
  TorchTraining(SeedNetwork kind, double dropout, List<Parameter> start) {
    this.kind = kind;
    this.dropout = dropout;
    TensorVector learnt = new TensorVector();
    for (Parameter parameter : start) {
      Tensor tensor = Tensor.create(parameter.value().data(), shape(parameter));
      tensor.set_requires_grad(true);
      parameters.add(tensor);
      learnt.push_back(tensor);
    }
    this.optimizer = new Adam(learnt, new AdamOptions(SeedNetwork.LEARNING_RATE));
  }

  @Override
  public double step(StepData data) {
    load(data);
    try (PointerScope scope = new PointerScope()) {
      optimizer.zero_grad();
      Tensor loss = loss();
      loss.backward();
      optimizer.step();
      return loss.item_float();
    }
  }

  /** The values of one parameter. */
  float[] values(int parameter) {
    Tensor tensor = parameters.get(parameter);
    float[] values = new float[Math.toIntExact(tensor.numel())];
    tensor.<FloatBuffer>createBuffer().get(values);
    return values;
  }

  private Tensor loss() {
    return switch (kind) {
      case AUTOENCODER -> torch.mse_loss(autoencode(), pictures);
      case DENOISER -> torch.mse_loss(denoise(), targets);
      case CLASSIFIER -> torch.nll_loss(classify(), labels);
    };
  }

  private Tensor autoencode() {
    Tensor code = conv(pictures, 0, ONE, NONE);
    return torch.conv_transpose2d(code, parameters.get(2), optional(3), ONE, NONE, NONE, 1, ONE);
  }

  private Tensor classify() {
    Tensor first = torch.relu(torch.max_pool2d(conv(pictures, 0, ONE, NONE), 2, 2));
    Tensor second = torch.feature_dropout(conv(first, 2, ONE, NONE), dropout, true);
    Tensor features = torch.flatten(torch.relu(torch.max_pool2d(second, 2, 2)), 1, -1);
    Tensor hidden = torch.relu(torch.linear(features, parameters.get(4), optional(5)));
    Tensor kept = torch.dropout(hidden, dropout, true);
    return torch.log_softmax(torch.linear(kept, parameters.get(6), optional(7)), 1);
  }

  private Tensor denoise() {
    Tensor first = torch.relu(conv(pictures, 0, ONE, ONE));
    Tensor second = torch.relu(conv(first, 2, TWO, ONE));
    Tensor upsampled = torch.upsample_nearest2d(second, kind.side(), kind.side());
    return torch.sigmoid(conv(upsampled, 4, ONE, ONE));
  }

  private Tensor conv(Tensor input, int weight, long[] stride, long[] padding) {
    return torch.conv2d(
        input, parameters.get(weight), optional(weight + 1), stride, padding, ONE, 1);
  }

  private TensorOptional optional(int bias) {
    return new TensorOptional(parameters.get(bias));
  }

  private void load(StepData data) {
    if (data != lastData) {
      long[] shape = {data.batch(), kind.channels(), kind.side(), kind.side()};
      pictures = Tensor.create(data.pictures(), shape);
      targets = Tensor.create(data.targets(), shape);
      long[] classes = new long[data.batch()];
      for (int i = 0; i < classes.length; i++) {
        classes[i] = data.labels()[i];
      }
      labels = Tensor.create(classes, data.batch());
      lastData = data;
    }
  }

  private static long[] shape(Parameter parameter) {
    long[] shape = new long[parameter.value().rank()];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = parameter.value().size(axis);
    }
    return shape;
  }
}
