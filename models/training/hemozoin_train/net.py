"""The detector: a plain convolutional net whose shape is cheap in the engine's runtime.

7x7 stem at stride 4, the bulk of the work at strides 8 and 16, two additive steps up, one head at
stride 4 with a heat map (logits) and two log sizes for each class.
"""

import torch
from torch import nn
from torch.nn import functional as F


class Conv(nn.Sequential):
    def __init__(self, inputs, outputs, kernel=3, stride=1):
        super().__init__(
            nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
        )


class Net(nn.Module):
    def __init__(self, classes, widths=(48, 64, 96)):
        super().__init__()
        w4, w8, w16 = widths
        self.classes = classes
        self.widths = widths
        self.stem = Conv(3, w4, 7, 4)
        self.down8 = nn.Sequential(Conv(w4, w8, 3, 2), Conv(w8, w8), Conv(w8, w8))
        self.down16 = nn.Sequential(Conv(w8, w16, 3, 2), Conv(w16, w16), Conv(w16, w16))
        self.up8 = nn.Conv2d(w16, w8, 1)
        self.mid8 = Conv(w8, w8)
        self.up4 = nn.Conv2d(w8, w4, 1)
        self.mid4 = Conv(w4, w4)
        self.head = nn.Conv2d(w4, 3 * classes, 1)
        nn.init.normal_(self.head.weight, std=0.02)
        with torch.no_grad():
            self.head.bias[:classes] = -4.0
            self.head.bias[classes:] = 3.0

    def forward(self, x):
        a = self.stem(x)
        b = self.down8(a)
        c = self.down16(b)
        b = self.mid8(b + F.interpolate(self.up8(c), scale_factor=2.0, mode="nearest"))
        a = self.mid4(a + F.interpolate(self.up4(b), scale_factor=2.0, mode="nearest"))
        return self.head(a)


def folded(net):
    """A copy with each batch norm folded into its convolution, in evaluation mode."""
    from torch.nn.utils.fusion import fuse_conv_bn_eval
    import copy

    net = copy.deepcopy(net).float().eval()
    for module in net.modules():
        if isinstance(module, Conv):
            module[0] = fuse_conv_bn_eval(module[0], module[1])
            module[1] = nn.Identity()
    return net


def follow(mean, net, keep):
    """Moves averaged weights towards a net's: `keep` of what they were."""
    with torch.no_grad():
        for a, b in zip(mean.state_dict().values(), net.state_dict().values()):
            if a.dtype.is_floating_point:
                a.lerp_(b, 1 - keep)
            else:
                a.copy_(b)
